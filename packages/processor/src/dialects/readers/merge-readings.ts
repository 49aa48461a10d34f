import type { Usage } from '@spanmeter/pricing'
import { byText } from '../../otlp/by-text.ts'
import type { DialectReading, GenAiSpan, SpanRole } from '../types.ts'
import { settleUsage } from './cached-input.ts'
import { roleOfOperation } from './operations.ts'
import { billingProvider } from './provider-names.ts'
import { known } from './values.ts'

/** Adds to `merged` what only `reading` knows; usage part by part. */
export function addUnknown(merged: DialectReading, reading: DialectReading): void {
  const { usage } = merged
  fill(merged, reading)
  if (usage !== undefined && reading.usage !== undefined) {
    merged.usage = usage
    fill(usage, reading.usage)
  }
}

function fill<T extends object>(target: T, source: T): void {
  for (const name in source) if (target[name] === undefined) target[name] = source[name]
}

/** Turns the merged reading into a `GenAiSpan`: the same object, as this runs for every call. */
export function settle(merged: DialectReading, names: readonly string[]): GenAiSpan {
  const { totalTokens, cachedInput, usage } = merged
  if (namesNoModel(merged.requestModel ?? '')) delete merged.requestModel
  if (namesNoModel(merged.responseModel ?? '')) delete merged.responseModel
  const model = merged.requestModel ?? merged.responseModel
  const named = merged.provider ?? ''
  // The requested model may be a name that only a gateway knows; then the response's model tells.
  const provider = providersOfModel(model ?? '')(named) ?? providersOfModel(merged.responseModel ?? '')(named)
  if (provider !== undefined) merged.provider = provider
  else if (merged.provider !== undefined) delete merged.provider
  const settled = settleUsage(usage ?? {}, totalTokens, cachedInput, model, merged.operation)
  const span = merged as GenAiSpan
  span.dialects = names
  span.role = merged.role ?? roleByFacts(merged, model)
  const billed = merged.billed === undefined ? settled.usage : reduced(settled.usage, merged.billed)
  span.usage = merged.compaction === undefined ? billed : added(billed, merged.compaction)
  span.cachedInput = settled.cachedInput
  return span
}

/** The role of a span whose operation no dialect knows: with usage it is a call. */
function roleByFacts({ usage, operation }: DialectReading, model: string | undefined): SpanRole {
  if (usage !== undefined) return 'call'
  const isCall = operation === undefined || roleOfOperation(operation) === 'call'
  return model !== undefined && isCall ? 'call' : 'step'
}

/** Usage reduced to the billed totals. Parts that exceed their total are dropped: how much of them is billed isn't known. */
function reduced(usage: Usage, billed: Usage): Usage {
  const { inputTokens, outputTokens } = { ...usage, ...billed }
  const { cacheReadTokens, cacheWriteTokens, reasoningTokens, ...others } = usage
  return known<Usage>({
    ...others,
    inputTokens,
    cacheReadTokens: noMoreThan(inputTokens, cacheReadTokens),
    cacheWriteTokens: noMoreThan(inputTokens, cacheWriteTokens),
    cacheWrite5mTokens: noMoreThan(inputTokens, usage.cacheWrite5mTokens),
    cacheWrite1hTokens: noMoreThan(inputTokens, usage.cacheWrite1hTokens),
    cacheWrite12hTokens: noMoreThan(inputTokens, usage.cacheWrite12hTokens),
    outputTokens,
    reasoningTokens: noMoreThan(outputTokens, reasoningTokens),
  })
}

function noMoreThan(total = 0, part?: number): number | undefined {
  return part !== undefined && part <= total ? part : undefined
}

function added(usage: Usage, further: Usage): Usage {
  const sum = { ...usage }
  for (const [part, count] of Object.entries(further) as [keyof Usage, number][])
    sum[part] = (sum[part] ?? 0) + count
  return sum
}

/** What emitters (Spring AI, LangChain4j, CrewAI, OpenLLMetry, Python's None) write for a model that they don't know. */
const namesNoModel = byText((name) => /^(none|null|undefined|unknown(_model)?)$/i.test(name))

/** Who bills, by the model and by what the span calls the provider (empty if it names none). */
const providersOfModel = byText((model) =>
  byText((name) => billingProvider(name || undefined, model || undefined)),
)
