import type { CostNumbers, Usage } from '@spanmeter/pricing'
import type { GenAiSpan } from '../dialects/types.ts'
import { asText } from '../dialects/values.ts'
import { byResource } from '../otlp/by-resource.ts'
import { byText } from '../otlp/by-text.ts'
import type { SpanIdentity } from '../otlp/span-identity.ts'
import type { SpanView } from '../otlp/types.ts'

/** What is remembered: the traces of late, and of each its last calls. The spans of one call end at nearly the same time. */
const MOST_TRACES = 1024
const MOST_CALLS = 32
/** The same of calls with one process, model and counts. */
const MOST_ALIKE = 1024

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
 * different instrumentations, at the same time, with the same counts. Where nothing stands above them, each is of a trace of
 * its own: then they are one if they are of one process and model, have the very same counts, and the one takes place
 * within the other. Within a batch the one that tells more counts, across batches the first.
 */
export class RepeatedCalls {
  readonly #traces = new Map<number, ToldCall[]>()
  readonly #alike = new Map<string, ToldCall[]>()
  readonly #processOf = byResource(() => ++this.#processes)
  #processes = 0
  #batch = 0

  /** Rows are those of a new batch. */
  begin(): void {
    this.#batch++
  }

  /** The row of the batch that tells of a call again: this one, or one before it, which knows less. */
  add(row: number, span: SpanView, genAi: GenAiSpan, cost: CostNumbers | undefined): number | undefined {
    const { usage } = genAi
    if (usage.inputTokens === undefined || usage.inputTokens === 0) return undefined
    const { identity, scopeName, startUnixMillis, durationSeconds } = span
    const told = listIn(this.#traces, identity[0], MOST_TRACES)
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
    const process = this.#processOf(span.resource)
    const facts = `${process} ${modelOf(genAi)} ${usage.inputTokens} ${usage.outputTokens}`
    const alike = listIn(this.#alike, facts, MOST_ALIKE)
    const same =
      told.find(
        (other) =>
          other.countedBy === undefined && isSameCall(other, call) && !isToldBy(scopeName, other, told),
      ) ?? this.#inAnotherTrace(alike, call)
    for (const list of [told, alike]) if (list.push(call) > MOST_CALLS) list.shift()
    if (same === undefined) return undefined
    if (same.batch !== this.#batch || same.detail >= call.detail) {
      call.countedBy = same
      return row
    }
    for (const other of told) if (other.countedBy === same) other.countedBy = call
    same.countedBy = call
    return same.row
  }

  #inAnotherTrace(alike: readonly ToldCall[], call: ToldCall): ToldCall | undefined {
    // Embeddings have but a few tokens, and many have as many.
    if (!call.usage.outputTokens) return undefined
    return alike.find(
      (other) =>
        other.countedBy === undefined &&
        other.scopeName !== call.scopeName &&
        (isWithin(call, other) || isWithin(other, call)),
    )
  }
}

/** The list under a key, made if there is none; of more than so many the oldest is forgotten. */
function listIn<Key>(lists: Map<Key, ToldCall[]>, key: Key, most: number): ToldCall[] {
  let list = lists.get(key)
  if (list === undefined) {
    list = []
    if (lists.size >= most) lists.delete(lists.keys().next().value!)
    lists.set(key, list)
  }
  return list
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

function isWithin(one: ToldCall, other: ToldCall): boolean {
  return other.startUnixMillis < one.startUnixMillis && one.endUnixMillis < other.endUnixMillis
}

function modelOf({ responseModel, requestModel }: GenAiSpan): string {
  return familyOf(responseModel ?? requestModel ?? '')
}

/** The same for an id with and without its maker, its date and its revision: some tell what was asked for. */
const familyOf = byText((id) =>
  id
    .toLowerCase()
    .replace(/^.*\/|^([a-z-]+\.)+/, '')
    .replace(/[-@](20\d\d-?\d\d-?\d\d|latest).*$|(-v\d+)?(:\d+)?$/, ''),
)

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
