import { type Ledger, type LedgerSpan, openLedger, sumMoney } from '@spanmeter/ledger'
import { expect, onTestFinished, test } from 'vitest'
import { type Random, randomFrom } from './random.ts'
import { ancestor, call, costOf, type PlantedSpan } from './span.ts'

const NOON = Date.parse('2026-10-01T12:00:00Z')
const LOOK_UPS = ['embeddings', 'rerank']
const RUNS = ['execute_tool', 'invoke_agent']

/** What `gateway` tells of is beneath what its client does. */
function anySpan(random: Random, trace: number, span: number, serviceName: string): LedgerSpan {
  const parent = random.chance(80) ? 1 + random.below(span - 1 + (random.chance(10) ? 2 : 0)) : 0
  const planted: PlantedSpan = {
    trace,
    span,
    ...(parent > 0 && { parent }),
    at: new Date(NOON + random.below(20) * 30_000).toISOString(),
    milliseconds: random.one([0, 20_000, 200_000]),
    serviceName,
    business: Object.fromEntries(
      ['workflow', 'feature', 'region']
        .filter(() => random.chance(40))
        .map((key) => [key, random.one(['a', 'b'])]),
    ),
  }
  if (random.chance(25)) return ancestor({ ...planted, operation: random.one([...RUNS, 'invoke_workflow']) })
  const level = random.below(3)
  return call({
    ...planted,
    ...(random.chance(80) && { operation: random.one(['chat', 'chat', ...LOOK_UPS]) }),
    usage: level > 0 ? { inputTokens: 1 + random.below(9) } : random.one([{}, { inputTokens: 0 }]),
    ...(level > 1 ? { cost: String(random.below(5)) } : { unpriced: 'unknown_model' }),
  })
}

/** The same span again: it states other things, and more, but reports no more of a call than the first. */
function copyOf(random: Random, span: LedgerSpan): LedgerSpan {
  const cost = costOf('7', { listAmount: '9', cacheSavings: '2', components: { output: '6', tools: '1' } })
  return {
    ...span,
    ...(span.cost !== undefined && { cost }),
    usage: { ...span.usage, ...((span.usage.inputTokens ?? 0) > 0 && { outputTokens: 3 }) },
    business: { ...span.business, tenant: 'd', ...('region' in span.business && { region: 'c' }) },
    ...(random.chance(50) && { serviceVersion: '2', attempts: 2, outcomes: { resolved: 1 } }),
  }
}

/** What was known first stands; the rest is filled in. */
function known([first, ...copies]: readonly LedgerSpan[]): LedgerSpan {
  let span = first!
  for (const { usage, business, ...others } of copies) {
    span = {
      ...others,
      ...span,
      usage: { ...usage, ...span.usage },
      business: { ...business, ...span.business },
    }
  }
  return span
}

const end = ({ startUnixNano, endUnixNano }: LedgerSpan): bigint =>
  endUnixNano === startUnixNano ? 2n ** 63n : endUnixNano

const reported = ({ cost, usage }: LedgerSpan): number =>
  cost !== undefined ? 3 : (usage.inputTokens ?? 0) > 0 ? 2 : 1

/** What the README says of calls above calls, word by word. */
class Definition {
  readonly #spans: readonly LedgerSpan[]

  constructor(spans: readonly LedgerSpan[]) {
    this.#spans = spans
  }

  /** The spans above one, the nearest first, up to a tool's or an agent's where it is asked for its own steps. */
  above(span: LedgerSpan, ownSteps: boolean): LedgerSpan[] {
    const above: LedgerSpan[] = []
    let next = this.#parent(span)
    while (next !== undefined && !above.includes(next)) {
      above.push(next)
      if (ownSteps && next.role === 'ancestor' && RUNS.includes(next.operation!)) break
      next = this.#parent(next)
    }
    return above
  }

  isCounted(outer: LedgerSpan): boolean {
    const isRepeatedBy = (inner: LedgerSpan): boolean =>
      inner.role === 'own' &&
      inner !== outer &&
      reported(inner) >= reported(outer) &&
      !this.#isLookUpApart(outer, inner) &&
      !(
        reported(outer) > 1 &&
        outer.serviceName === inner.serviceName &&
        inner.startUnixNano >= end(outer)
      ) &&
      this.above(inner, true).includes(outer)
    return outer.role === 'own' && !this.#spans.some(isRepeatedBy)
  }

  /** The nearest call above it that repeats it. */
  wrapper(inner: LedgerSpan): LedgerSpan | undefined {
    return this.above(inner, true).find(
      (outer) => outer.role === 'own' && !this.isCounted(outer) && outer !== inner,
    )
  }

  #isLookUpApart({ operation: outer }: LedgerSpan, { operation: inner }: LedgerSpan): boolean {
    return outer !== undefined && inner !== undefined && LOOK_UPS.includes(outer) !== LOOK_UPS.includes(inner)
  }

  #parent({ traceId, parentSpanId }: LedgerSpan): LedgerSpan | undefined {
    return this.#spans.find((span) => span.traceId === traceId && span.spanId === parentSpanId)
  }
}

const cost = (calls: readonly LedgerSpan[]): string | null =>
  calls.length === 0 ? '0' : sumMoney(calls.map((span) => span.cost?.amount ?? null))

/** What `spans`, and the views that need whole traces, say of these spans. */
function expected(spans: readonly LedgerSpan[]) {
  const definition = new Definition(spans)
  const counted = spans.filter((span) => definition.isCounted(span))
  const business = (span: LedgerSpan): Record<string, string> => ({
    ...(definition.isCounted(span) && definition.wrapper(span)?.business),
    ...span.business,
  })
  const within = (span: LedgerSpan, workflow: string): boolean =>
    business(span).workflow === workflow ||
    definition.above(span, false).some((above) => above.business.workflow === workflow)
  return {
    spans: spans.map((span) => ({
      span_id: span.spanId,
      role: span.role === 'own' && !definition.isCounted(span) ? 'wrapper' : span.role,
      cost: span.cost?.amount ?? null,
      list_cost: span.cost?.listAmount ?? null,
      cost_input: span.cost?.components.input ?? null,
      cost_output: span.cost?.components.output ?? null,
      output_tokens: span.usage.outputTokens ?? null,
      service_version: span.serviceVersion ?? null,
    })),
    calls: counted.map((span) => ({
      span_id: span.spanId,
      feature: business(span).feature ?? null,
      workflow: business(span).workflow ?? null,
      tenant: business(span).tenant ?? null,
      region: business(span).region ?? null,
    })),
    traces: [...Map.groupBy(counted, ({ traceId }) => traceId)].map(([trace_id, calls]) => ({
      trace_id,
      cost: cost(calls),
      calls: calls.length,
    })),
    workflows: ['a', 'b'].flatMap((key) => {
      const own = counted.filter((span) => business(span).workflow === key)
      const inclusive = counted.filter((span) => within(span, key))
      const runs = new Set(inclusive.map(({ traceId }) => traceId)).size
      return runs === 0
        ? []
        : [{ key, cost: cost(own), inclusive_cost: cost(inclusive), calls: own.length, runs }]
    }),
  }
}

async function found(ledger: Ledger) {
  const { rows: spans } = await ledger.sql(`
    SELECT span_id, role, cost, list_cost, cost_input, cost_output, output_tokens, service_version
    FROM spans ORDER BY trace_id, span_id`)
  const { rows: calls } = await ledger.sql(
    "SELECT span_id, feature, workflow, tenant, business ->> 'region' AS region FROM calls ORDER BY trace_id, span_id",
  )
  const pick = (row: Readonly<Record<string, unknown>>, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, row[name]]))
  const { rows: traces } = await ledger.view('traces', { limit: 20 })
  const { rows: workflows } = await ledger.view('workflows')
  return {
    spans,
    calls,
    traces: traces
      .map((row) => pick(row, ['trace_id', 'cost', 'calls']))
      .toSorted((a, b) => (String(a.trace_id) < String(b.trace_id) ? -1 : 1)),
    workflows: workflows
      .filter(({ key }) => key !== null)
      .map((row) => pick(row, ['key', 'cost', 'inclusive_cost', 'calls', 'runs']))
      .toSorted((a, b) => (String(a.key) < String(b.key) ? -1 : 1)),
  }
}

function byIds(a: LedgerSpan, b: LedgerSpan): number {
  return a.traceId + a.spanId < b.traceId + b.spanId ? -1 : 1
}

/** As they come: in any order, in batches of any size, some twice: in the same batch or in another. */
function anyBatches(random: Random, spans: readonly LedgerSpan[]): LedgerSpan[][] {
  const coming = spans.flatMap((span) => {
    if (random.chance(70)) return [[span]]
    const copy = copyOf(random, span)
    return random.chance(50) ? [[span], [copy]] : [[span, copy]]
  })
  const batches: LedgerSpan[][] = [[]]
  while (coming.length > 0) {
    if (random.chance(15)) batches.push([])
    batches.at(-1)!.push(...coming.splice(random.below(coming.length), 1).flat())
  }
  return batches
}

test.each([1, 2, 3])(
  'whatever traces come in whatever batches, some spans twice, each call is counted once (%i)',
  async (seed) => {
    const random = randomFrom(seed)
    const spans = Array.from({ length: 8 }, (_, trace) => {
      const ofShop = 1 + random.below(8)
      return Array.from({ length: 1 + random.below(8) }, (_, index) =>
        anySpan(random, trace + 1, index + 1, index < ofShop ? 'shop' : 'gateway'),
      )
    }).flat()
    const batches = anyBatches(random, spans)
    const ledger = await openLedger({ path: ':memory:' })
    onTestFinished(() => ledger.close())
    for (const batch of batches) await ledger.append(batch)
    const copies = Map.groupBy(batches.flat(), ({ traceId, spanId }) => traceId + spanId)
    expect(await found(ledger)).toEqual(expected([...copies.values()].map(known).toSorted(byIds)))
  },
)
