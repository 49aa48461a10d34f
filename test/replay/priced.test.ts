import { describe, expect, test } from 'vitest'
import {
  addRequestAttributes,
  identifyingAttributes,
} from '../../packages/instrumentation/src/call/request-attributes.ts'
import { responseAttributes } from '../../packages/instrumentation/src/call/response-attributes.ts'
import type { GenAiUsage } from '../../packages/instrumentation/src/flavors/types.ts'
import { loadPriceBook, priceUsage } from '../../packages/pricing/src/index.ts'
import { readGenAiSpan } from '../../packages/processor/src/dialects/index.ts'
import type { GenAiSpan } from '../../packages/processor/src/dialects/types.ts'
import { ProtobufTraces } from '../../packages/processor/src/otlp/protobuf-traces.ts'
import { attributes, encodeTraces, testSpan } from '../../packages/processor/test/support/otlp-messages.ts'
import { areThere, readExchanges, responseBytes, wholeBody } from './exchanges.ts'
import { type ReadCall, readCall } from './judgement.ts'

/** Counts of which the provider itself says that they overlap, or that a part is more than the whole. */
const OVERLAPPING = ['openrouter.chat-d158d2bc43', 'openrouter.chat.stream-8376894db3']

/** The conventions have no names for these yet, or only in their next version. */
const UNNAMED = ['textInputTokens', 'textCacheReadTokens', 'textOutputTokens']

function emitted({ head, flavor, provider, call, answer }: ReadCall, version: '1.41' | 'dev') {
  return {
    ...addRequestAttributes(identifyingAttributes(provider, call, head), call, { flavor, version }),
    ...responseAttributes(answer, { operation: call.operation, flavor, version }),
  }
}

function readBack(values: Record<string, unknown>): GenAiSpan | undefined {
  const traces = new ProtobufTraces()
  const span = { ...testSpan({ name: 'call' }), attributes: attributes(values) }
  const scope = { name: '@spanmeter/instrumentation' }
  traces.scan(encodeTraces({ resourceSpans: [{ scopeSpans: [{ scope, spans: [span] }] }] }))
  const [row] = traces.table.genAiSpans
  return row === undefined ? undefined : readGenAiSpan(traces.read(row))
}

describe.skipIf(!areThere)(
  'recorded calls (skipped where there are no recordings), metered and priced',
  () => {
    const exchanges = areThere ? readExchanges() : []
    const calls = exchanges.flatMap((exchange) => {
      const call = readCall(exchange, wholeBody(responseBytes(exchange)))
      return call === undefined || OVERLAPPING.includes(exchange.id) ? [] : [{ id: exchange.id, call }]
    })

    test.each(['1.41', 'dev'] as const)(
      'the processor reads what the instrumentation says in %s',
      (version) => {
        const read = calls.map(({ id, call }) => {
          const span = readBack(emitted(call, version))
          return { id, usage: span?.usage, requestModel: span?.requestModel, model: span?.responseModel }
        })
        const said = calls.map(({ id, call: { call, answer } }) => ({
          id,
          usage: billed(answer.usage),
          requestModel: call.model || undefined,
          model: answer.model,
        }))
        expect(read).toEqual(said)
      },
    )

    test('the parts of no usage exceed the whole', () => {
      const book = loadPriceBook()
      const impossible = calls.flatMap(({ id, call: { provider, call, answer } }) => {
        const model = answer.model ?? call.model ?? ''
        const at = new Date('2026-09-01')
        const cost = priceUsage({ provider, model, usage: answer.usage ?? {}, at }, book)
        return !cost.priced && cost.reason === 'impossible_usage' ? [id] : []
      })
      expect(impossible).toEqual([])
    })
  },
)

/** The counts as they are billed: what compaction took is in the totals, and what isn't billed is not. */
function billed({ billedInputTokens, billedOutputTokens, ...usage }: GenAiUsage = {}): Partial<GenAiUsage> {
  const parts: Record<string, number> = {}
  for (const [part, count] of Object.entries(usage)) {
    if (UNNAMED.includes(part)) continue
    const total = part.replace(/^compaction(.)/, (_, first: string) => first.toLowerCase())
    parts[total] = (parts[total] ?? 0) + count
  }
  limit(parts, ['inputTokens', 'cacheReadTokens'], billedInputTokens)
  limit(parts, ['outputTokens', 'reasoningTokens'], billedOutputTokens)
  return parts
}

function limit(parts: Record<string, number>, [total, part]: [string, string], billable?: number): void {
  if (billable === undefined) return
  parts[total] = billable
  if ((parts[part] ?? 0) > billable) delete parts[part]
}
