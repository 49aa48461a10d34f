import type { CostNumbers, Usage } from '@spanmeter/pricing'
import type { GenAiSpan } from '../dialects/types.ts'
import { asText } from '../dialects/values.ts'
import { byResource } from '../otlp/by-resource.ts'
import type { SpanIdentity } from '../otlp/span-identity.ts'
import type { SpanView } from '../otlp/types.ts'

/** What is remembered: the traces of late, and of each its last calls. The spans of one call end at nearly the same time. */
const MOST_TRACES = 1024
const MOST_CALLS = 32

interface ToldCall {
  readonly batch: number
  readonly row: number
  readonly identity: SpanIdentity
  readonly scopeName: string
  readonly serviceName: string
  readonly startUnixMillis: number
  readonly endUnixMillis: number
  readonly usage: Usage
  /** How much the span tells of the call. */
  readonly detail: number
  /** The span that the call is counted by: itself, or another that tells of the same call. */
  countedBy: ToldCall | undefined
}

/**
 * Calls that several instrumentations of one process tell of: that of a framework and that of the SDK beneath. Where one
 * span stands above the other, the roll-up sees that they are one call. But the span of many a framework isn't the active
 * one while the SDK calls, and the two stand side by side: then they are one if they are of one trace and service, by
 * different instrumentations, at the same time, with the same counts. Within a batch the one that tells more counts,
 * across batches the first.
 */
export class RepeatedCalls {
  readonly #traces = new Map<number, ToldCall[]>()
  #batch = 0

  /** Rows are those of a new batch. */
  begin(): void {
    this.#batch++
  }

  /** The row of the batch that tells of a call again: this one, or one before it, which knows less. */
  add(row: number, span: SpanView, { usage }: GenAiSpan, cost: CostNumbers | undefined): number | undefined {
    if (usage.inputTokens === undefined || usage.inputTokens === 0) return undefined
    const { identity, scopeName, startUnixMillis, durationSeconds } = span
    const told = this.#toldIn(identity[0])
    const before = told.find((other) => isSameSpan(other.identity, identity))
    if (before !== undefined) return before.countedBy === undefined ? undefined : row
    const call: ToldCall = {
      batch: this.#batch,
      row,
      identity,
      scopeName,
      serviceName: serviceNameOf(span.resource),
      startUnixMillis,
      endUnixMillis: startUnixMillis + durationSeconds * 1000,
      usage,
      detail: detailOf(usage, cost),
      countedBy: undefined,
    }
    const same = told.find(
      (other) =>
        other.countedBy === undefined && isSameCall(other, call) && !isToldBy(scopeName, other, told),
    )
    told.push(call)
    if (told.length > MOST_CALLS) told.shift()
    if (same === undefined) return undefined
    if (same.batch !== this.#batch || same.detail >= call.detail) {
      call.countedBy = same
      return row
    }
    for (const other of told) if (other === same || other.countedBy === same) other.countedBy = call
    return same.row
  }

  #toldIn(trace: number): ToldCall[] {
    let told = this.#traces.get(trace)
    if (told === undefined) {
      told = []
      if (this.#traces.size >= MOST_TRACES) this.#traces.delete(this.#traces.keys().next().value!)
      this.#traces.set(trace, told)
    }
    return told
  }
}

const serviceNameOf = byResource(({ attributes }) => asText(attributes.get('service.name')) ?? '')

function isSameSpan(one: SpanIdentity, other: SpanIdentity): boolean {
  return one.every((word, index) => word === other[index])
}

/** Each instrumentation tells of a call once: a second span of its own is another call. */
function isToldBy(scopeName: string, counted: ToldCall, told: readonly ToldCall[]): boolean {
  return told.some((other) => other.countedBy === counted && other.scopeName === scopeName)
}

function isSameCall(one: ToldCall, other: ToldCall): boolean {
  return (
    one.scopeName !== other.scopeName &&
    one.serviceName === other.serviceName &&
    one.startUnixMillis <= other.endUnixMillis &&
    other.startUnixMillis <= one.endUnixMillis &&
    hasSameInput(one.usage, other.usage) &&
    hasSameOutput(one.usage, other.usage)
  )
}

/** Some leave out what the cache has, and don't say so. */
function hasSameInput(one: Usage, other: Usage): boolean {
  const difference = Math.abs(one.inputTokens! - other.inputTokens!)
  return difference === 0 || difference === cachedOf(one) || difference === cachedOf(other)
}

/** Some leave out thoughts; LangChain counts a token more of Claude's streams, which say so before and after. */
function hasSameOutput(one: Usage, other: Usage): boolean {
  const difference = Math.abs((one.outputTokens ?? 0) - (other.outputTokens ?? 0))
  return difference <= 1 || difference === one.reasoningTokens || difference === other.reasoningTokens
}

function cachedOf({ cacheReadTokens = 0, cacheWriteTokens = 0 }: Usage): number {
  return cacheReadTokens + cacheWriteTokens
}

/** A price says more than parts do, and what the provider charged more than a price. */
function detailOf(usage: Usage, cost: CostNumbers | undefined): number {
  let detail = cost?.priced !== true ? 0 : cost.source === 'provider' ? 200 : 100
  for (const part in usage) if ((usage[part as keyof Usage] ?? 0) > 0) detail++
  return detail
}
