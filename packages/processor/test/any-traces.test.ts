import { loadPriceBook } from '@spanmeter/pricing'
import { describe, expect, test } from 'vitest'
import { readLedgerSpans } from '../src/enrichment/read-ledger-spans.ts'
import { transcode } from '../src/otlp/transcode.ts'
import { createProcessTraces } from '../src/process-traces.ts'
import { CostSpanProcessor } from '../src/sdk/index.ts'
import { callsByDialect } from './dialects/index.ts'
import type { EmittedSpan } from './dialects/types.ts'
import {
  attributes,
  encodeTraces,
  type Message,
  plainAttributes,
  spanAttributes,
  testSpan,
} from './support/otlp-messages.ts'
import { RandomTraces } from './support/random-traces.ts'

const BATCHES = 30

const COUNTS = [
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'outputTokens',
  'reasoningTokens',
] as const

const priceBook = loadPriceBook()
const emitted: readonly EmittedSpan[] = Object.values(callsByDialect).flat()

interface ScopedSpan {
  readonly scope: string
  readonly span: Message
}

/** What an emitter would hardly write in this place, and some do. */
const odd: readonly ((value: unknown) => unknown)[] = [
  () => '',
  () => ' ',
  () => 0,
  () => -1,
  () => 1.5,
  () => true,
  () => [],
  (value) => [value],
  (value) => ({ value }),
  (value) => (typeof value === 'number' ? String(value) : value),
]

/** Calls of all dialects, with attributes missing or odd, and plain spans, in trees that are none now and then. */
function anySpans(random: RandomTraces): ScopedSpan[] {
  const one = <Item>(items: readonly Item[]): Item => items[random.below(items.length)]!
  const count = 1 + random.below(8)
  return Array.from({ length: count }, (_, index) => {
    const source: EmittedSpan = random.chance(4)
      ? { scope: 'http', attributes: { 'http.route': '/' } }
      : one(emitted)
    const values: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(source.attributes))
      if (!random.chance(16)) values[name] = random.chance(12) ? one(odd)(value) : value
    if (random.chance(4)) values['business.tenant'] = one(['a', 3, true, ''])
    if (random.chance(4)) values.feature = one(['f', 'g'])
    const span = {
      id: random.chance(20) ? 1 : index + 1,
      trace: 1 + random.below(2),
      name: source.name ?? 'span',
      ...(!random.chance(3) && { parent: 1 + random.below(count) }),
    }
    return { scope: source.scope ?? '', span: { ...testSpan(span), attributes: attributes(values) } }
  })
}

function requestWith(spans: readonly ScopedSpan[]): Buffer {
  return encodeTraces({
    resourceSpans: spans.map(({ scope, span }) => ({
      scopeSpans: [{ scope: { name: scope }, spans: [span] }],
    })),
  })
}

function process(body: Buffer, normalize = false) {
  const { bytes, calls } = createProcessTraces({ priceBook, normalize })(body, 'protobuf')
  return { bytes: Buffer.from(bytes), calls }
}

/** Ends the span in an app's own SDK, and gives what attributes it has then. */
function endInSdk(processor: CostSpanProcessor, { scope, span }: ScopedSpan): Record<string, unknown> {
  const hex = (id: Uint8Array): string => Buffer.from(id).toString('hex')
  const ended = plainAttributes(span.attributes)
  processor.onEnd({
    name: span.name,
    spanContext: () => ({ traceId: hex(span.traceId), spanId: hex(span.spanId) }),
    parentSpanContext:
      span.parentSpanId === undefined ? undefined : { traceId: '', spanId: hex(span.parentSpanId) },
    startTime: [1_780_000_000, 1],
    endTime: [1_780_000_001, 1],
    status: { code: 0 },
    attributes: ended,
    events: [],
    resource: { attributes: {} },
    instrumentationScope: { name: scope },
  })
  return ended
}

const batches = Array.from({ length: BATCHES }, (_, index) => anySpans(new RandomTraces(7919 * (index + 1))))

describe('whatever spans there are,', () => {
  test('JSON gets what protobuf gets', () => {
    for (const spans of batches) {
      const body = requestWith(spans)
      const json = Buffer.from(transcode(body, 'traces', 'protobuf', 'json'))
      const { bytes } = createProcessTraces({ priceBook })(json, 'json')
      expect(spanAttributes(transcode(bytes, 'traces', 'json', 'protobuf'))).toEqual(
        spanAttributes(process(body).bytes),
      )
    }
  })

  test("an app's own SDK gives them what the service does", () => {
    for (const spans of batches) {
      const sdk = new CostSpanProcessor()
      const service = createProcessTraces({ priceBook })
      for (const span of spans) {
        const { bytes } = service(requestWith([span]), 'protobuf')
        expect(endInSdk(sdk, span)).toEqual(spanAttributes(bytes)[0])
      }
    }
  })

  test('standard names change no cost', () => {
    const costs = ({ bytes }: { bytes: Buffer }): unknown =>
      spanAttributes(bytes).map((values) =>
        Object.entries(values).filter(([name]) => name.startsWith('spanmeter.cost.')),
      )
    for (const spans of batches) {
      const body = requestWith(spans)
      expect(costs(process(body, true))).toEqual(costs(process(body)))
    }
  })

  test.each([false, true])('the ledger reads what the cost metrics count (normalize: %s)', (normalize) => {
    for (const spans of batches) {
      const { bytes, calls } = process(requestWith(spans), normalize)
      const rows = readLedgerSpans(bytes, 'protobuf').filter(({ role }) => role !== 'ancestor')
      expect(
        rows.map(({ role, provider, business, usage, cost }) => ({
          role,
          provider,
          business,
          counts: COUNTS.map((part) => usage[part]),
          amount: cost === undefined ? undefined : Number(cost.amount),
        })),
      ).toEqual(
        calls.map(({ role, provider, business, usage, cost }) => ({
          role,
          provider,
          business,
          counts: COUNTS.map((part) => usage[part]),
          amount: role === 'own' && cost?.priced === true ? cost.amount : undefined,
        })),
      )
    }
  })

  test('a second processor adds what the first did', () => {
    for (const spans of batches) {
      const { bytes } = process(requestWith(spans))
      expect(spanAttributes(process(bytes).bytes)).toEqual(spanAttributes(bytes))
    }
  })
})
