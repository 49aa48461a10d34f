import { openLedger, sumMoney } from '@spanmeter/ledger'
import { loadPriceBook } from '@spanmeter/pricing'
import { expect, onTestFinished, test } from 'vitest'
import { readLedgerSpans } from '../src/enrichment/read-ledger-spans.ts'
import { createProcessTraces } from '../src/process-traces.ts'
import { requestOf, spanAttributes, type TestSpan } from './support/otlp-messages.ts'
import { RandomTraces } from './support/random-traces.ts'

const priceBook = loadPriceBook()

/** gpt-4.1: $2 a million tokens. */
const call = (tokens: number): TestSpan['attributes'] => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4.1',
  'gen_ai.usage.input_tokens': tokens,
})
const kinds = {
  call,
  unpriced: (): TestSpan['attributes'] => ({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'my-model',
  }),
  used: (tokens: number): TestSpan['attributes'] => ({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'my-model',
    'gen_ai.usage.input_tokens': 1 + tokens,
  }),
  agent: (): TestSpan['attributes'] => ({ 'gen_ai.operation.name': 'invoke_agent' }),
  plain: (): TestSpan['attributes'] => ({ 'http.route': '/' }),
}
type Kind = keyof typeof kinds

interface Node {
  readonly kind: Kind
  readonly id: number
  readonly trace: number
  readonly micros: number
  readonly parent: Node | undefined
  readonly span: TestSpan
}

/** Trees of up to a dozen spans in two traces; some parents are never seen. Parents come first. */
function anyTrees(random: RandomTraces, kindsOf: readonly Kind[]): Node[] {
  const one = <Item>(items: readonly Item[]): Item => items[random.below(items.length)]!
  const nodes: Node[] = []
  const count = 1 + random.below(12)
  for (let id = 1; id <= count; id++) {
    const kind = one(kindsOf)
    const parent = nodes.length > 0 && !random.chance(4) ? one(nodes) : undefined
    const trace = parent?.trace ?? 1 + random.below(2)
    const tokens = random.below(4)
    const orphan = parent === undefined && random.chance(4) ? { parent: 100 + id } : {}
    const span: TestSpan = {
      id,
      trace,
      ...orphan,
      ...(parent !== undefined && { parent: parent.id }),
      attributes: kinds[kind](tokens)!,
    }
    nodes.push({ kind, id, trace, micros: kind === 'call' ? tokens * 2 : 0, parent, span })
  }
  return nodes
}

/** What a span tells of a call: that there was one, what it used, what that cost. */
const told: Readonly<Record<Kind, number>> = { call: 3, used: 2, unpriced: 1, agent: 0, plain: 0 }

/** By the definition: a call repeats those beneath it that tell as much, but for those that an agent between them has made. */
function settled(nodes: readonly Node[]) {
  const children = (node: Node): Node[] => nodes.filter(({ parent }) => parent === node)
  const toldBeneath = (node: Node): number =>
    Math.max(
      0,
      ...children(node).map((child) =>
        child.kind === 'agent' ? 0 : Math.max(told[child.kind], toldBeneath(child)),
      ),
    )
  const repeats = (node: Node): boolean => toldBeneath(node) >= Math.max(1, told[node.kind])
  const hasPriced = (node: Node): boolean =>
    children(node).some((child) => child.kind === 'call' || hasPriced(child))
  const own = (node: Node): number => (repeats(node) ? 0 : node.micros)
  const inclusive = (node: Node): number =>
    own(node) + children(node).reduce((sum, child) => sum + inclusive(child), 0)
  return nodes.map((node) => ({
    id: node.id,
    role: told[node.kind] > 0 ? (repeats(node) ? 'wrapper' : 'own') : undefined,
    inclusive: hasPriced(node) ? inclusive(node) / 1e6 : undefined,
    own: own(node),
  }))
}

function batches<Item>(random: RandomTraces, items: readonly Item[]): Item[][] {
  const result: Item[][] = [[]]
  for (const item of items) {
    if (random.chance(3)) result.push([])
    result.at(-1)!.push(item)
  }
  return result.filter(({ length }) => length > 0)
}

const shuffled = <Item>(random: RandomTraces, items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, place: random.below(1 << 30) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)

const seeds = Array.from({ length: 100 }, (_, index) => 7919 * (index + 1))

function outcome(nodes: readonly Node[], attributes: readonly Record<string, unknown>[]) {
  return nodes
    .map(({ id }, index) => ({
      id,
      role: attributes[index]!['spanmeter.cost.role'],
      inclusive: attributes[index]!['spanmeter.cost.inclusive'],
    }))
    .toSorted((a, b) => a.id - b.id)
}

test('whatever a trace looks like, what comes in one batch, or children first, is settled', () => {
  for (const seed of seeds) {
    const random = new RandomTraces(seed)
    const nodes = anyTrees(random, ['call', 'call', 'used', 'unpriced', 'agent', 'plain'])
    const expected = settled(nodes).map(({ own, ...node }) => node)
    const together = shuffled(random, nodes)
    const body = requestOf(together.map(({ span }) => span))
    expect(
      outcome(together, spanAttributes(createProcessTraces({ priceBook })(body, 'protobuf').bytes)),
      `${seed}`,
    ).toEqual(expected)
    const process = createProcessTraces({ priceBook })
    const upwards = nodes.toReversed()
    const attributes = batches(random, upwards).flatMap((batch) =>
      spanAttributes(process(requestOf(batch.map(({ span }) => span)), 'protobuf').bytes),
    )
    expect(outcome(upwards, attributes), `${seed}`).toEqual(expected)
  }
})

test('whatever calls and agents come in whatever order, the ledger settles them', async () => {
  const ledger = await openLedger({ path: ':memory:' })
  onTestFinished(() => ledger.close())
  for (const [index, seed] of seeds.slice(0, 10).entries()) {
    const random = new RandomTraces(seed)
    const nodes = anyTrees(random, ['call', 'call', 'used', 'unpriced', 'agent'])
    const process = createProcessTraces({ priceBook })
    for (const batch of batches(random, shuffled(random, nodes))) {
      const spans = batch.map(({ span }) => ({ ...span, trace: 2 * index + span.trace! }))
      const { bytes } = process(requestOf(spans), 'protobuf')
      const read = readLedgerSpans(bytes, 'protobuf')
      await ledger.append(read)
      if (random.chance(3)) await ledger.append(read)
    }
    const expected = settled(nodes)
    for (const trace of [1, 2]) {
      const id = (2 * index + trace).toString(16).padStart(2, '0').repeat(16)
      const total = nodes.reduce(
        (sum, node, place) => sum + (node.trace === trace ? expected[place]!.own : 0),
        0,
      )
      const { rows: calls } = await ledger.sql(`SELECT span_id, cost FROM calls WHERE trace_id = '${id}'`)
      const own = nodes.filter((node, place) => node.trace === trace && expected[place]!.role === 'own')
      expect(calls.length, `${seed} ${JSON.stringify(calls)}`).toBe(own.length)
      const costs = calls.map(({ cost }) => cost as string | null).filter((cost) => cost !== null)
      expect(Number(costs.length === 0 ? 0 : sumMoney(costs)), `${seed}`).toBeCloseTo(total / 1e6, 12)
    }
  }
})
