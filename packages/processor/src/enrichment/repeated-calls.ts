import type { CostNumbers, Usage } from '@spanmeter/pricing'
import { asText } from '../dialects/readers/values.ts'
import type { GenAiSpan } from '../dialects/types.ts'
import { byResource } from '../otlp/by-resource.ts'
import { byText } from '../otlp/by-text.ts'
import { spanHash } from '../otlp/span-hash.ts'
import { textHash } from '../otlp/text-hash.ts'
import type { Attributes, SpanView } from '../otlp/types.ts'
import type { BatchCosts } from './batch-costs.ts'
import { CALL_WIDTH, CallColumn, CallList, type ListNumber, RecentCalls } from './recent-calls.ts'
import {
  isOneOfItsCalls,
  isSameCall,
  isSameCallInAnotherTrace,
  isSameSpan,
  isWithin,
  type Values,
} from './same-call.ts'

/** Many answers are shorter than this and equally long; such calls are compared by their input as well. */
const SHORT_ANSWER = 32

/** Room for the calls of a batch. An array that one huge batch has made grow beyond the limit is not kept. */
const FIRST_ROOM = 256
const LARGEST_ROOM = 16_384

/**
 * Finds calls that two instrumentations of one process report: that of a framework and that of the SDK beneath it. If one
 * span is above the other, the roll-up sees that they are one call. But the spans of many frameworks aren't active while
 * the SDK makes its request, and then the two are siblings. They are taken for one call if they are from different
 * instrumentations of the same service in one trace, overlap in time, and have the same counts. If neither has a parent,
 * each is in a trace of its own; then they must be from the same process and model instead. Within a batch, the span that
 * reports more is counted; across batches the first, whichever thread got it.
 */
export class RepeatedCalls {
  readonly #calls: RecentCalls
  readonly #numberOf = byText(textHash)
  readonly #modelOf = byText((id) => this.#numberOf(familyOf(id)))
  readonly #senderOf = byResource(({ attributes }) => ({
    process: textHash(textOf(attributes)),
    service: this.#numberOf(asText(attributes.get('service.name')) ?? ''),
  }))
  /** The calls of the batch are collected here, so that threads need the lock once a batch and not once a call. */
  #batch = new Float64Array(FIRST_ROOM * CALL_WIDTH)
  #used = 0

  /** @param memory from `sharedRecentCallsMemory`, for threads that get spans of the same calls. */
  constructor(memory?: SharedArrayBuffer) {
    this.#calls = new RecentCalls(memory)
  }

  /** Begins a new batch. */
  begin(): void {
    this.#used = 0
    if (this.#batch.length > LARGEST_ROOM * CALL_WIDTH) {
      this.#batch = new Float64Array(FIRST_ROOM * CALL_WIDTH)
    }
  }

  /** Adds a call of the batch. */
  add(row: number, span: SpanView, genAi: GenAiSpan, cost: CostNumbers | undefined): void {
    const { usage, responseModel, requestModel } = genAi
    const { inputTokens: input = 0, outputTokens: output = 0 } = usage
    if (input === 0) return
    const [first, second, third, fourth, spanHigh, spanLow] = span.identity
    const { startUnixMillis: start } = span
    const { process, service } = this.#senderOf(span.resource)
    const model = this.#modelOf(responseModel ?? requestModel ?? '')
    const { seed } = this.#calls
    const caller = spanHash(process, model, 0, seed)
    const call = this.#used
    this.#used += CALL_WIDTH
    if (this.#used > this.#batch.length) this.#grow()
    const values = this.#batch
    values[call + CallColumn.row] = row
    values[call + CallColumn.trace] = spanHash(first ^ second, third, fourth, seed)
    values[call + CallColumn.spanHigh] = spanHigh
    values[call + CallColumn.spanLow] = spanLow
    values[call + CallColumn.scope] = this.#numberOf(scopeOf(span, genAi))
    values[call + CallColumn.service] = service
    values[call + CallColumn.answered] = spanHash(caller, output, output < SHORT_ANSWER ? input : 0, seed)
    values[call + CallColumn.asked] = spanHash(caller, 0, input, seed)
    values[call + CallColumn.start] = start
    values[call + CallColumn.end] = endOf(span, genAi)
    values[call + CallColumn.input] = input
    values[call + CallColumn.cached] = (usage.cacheReadTokens ?? 0) + (usage.cacheWriteTokens ?? 0)
    values[call + CallColumn.output] = output
    values[call + CallColumn.reasoning] = usage.reasoningTokens ?? 0
    values[call + CallColumn.detail] = detailOf(usage, cost)
    values[call + CallColumn.countedBy] = 0
    values[call + CallColumn.process] = process
    values[call + CallColumn.sumsUp] = genAi.sumsUp === undefined ? 0 : this.#numberOf(genAi.sumsUp)
  }

  #grow(): void {
    const grown = new Float64Array(this.#batch.length * 2)
    grown.set(this.#batch)
    this.#batch = grown
  }

  /** Marks the calls that are reported already. To be called once all calls of the batch were added. */
  settle(costs: BatchCosts): void {
    if (this.#used === 0) return
    this.#calls.lock.acquire()
    try {
      const batch = this.#calls.beginBatch()
      for (let from = 0; from < this.#used; from += CALL_WIDTH) {
        this.#batch[from + CallColumn.batch] = batch
        this.#settleCall(this.#calls.write(this.#batch, from), costs)
      }
    } finally {
      this.#calls.lock.release()
    }
  }

  /** Marks this call, or an earlier one of the batch that reports less about the same call. */
  #settleCall(call: number, costs: BatchCosts): void {
    const { values } = this.#calls
    if (this.#isReportedByItsCalls(call)) costs.repeat(values[call + CallColumn.row]!)
    else if (
      this.#calls.hasOtherScopes(values[call + CallColumn.service]!, values[call + CallColumn.scope]!)
    ) {
      this.#settleAmongSeveral(call, costs)
    } else this.#calls.add()
  }

  /** For a span that sums up a run: whether its calls have spans of their own, in the same process or the same trace. */
  #isReportedByItsCalls(call: number): boolean {
    const { values } = this.#calls
    const process = values[call + CallColumn.process]!
    const start = values[call + CallColumn.start]!
    const summed = values[call + CallColumn.sumsUp]!
    if (summed === 0) {
      this.#calls.noteStart(process + values[call + CallColumn.scope]!, start)
      return false
    }
    if (values[call + CallColumn.end]! <= start) return false
    return (
      start <= this.#calls.latestStart(process + summed) ||
      this.#calls.find(CallList.trace, call, isOneOfItsCalls) !== 0
    )
  }

  #settleAmongSeveral(call: number, costs: BatchCosts): void {
    const { values } = this.#calls
    const row = values[call + CallColumn.row]!
    const before = this.#calls.find(CallList.trace, call, isSameSpan)
    if (before !== 0) {
      const countedBy = values[this.#calls.at(before) + CallColumn.countedBy]!
      if (countedBy !== 0) costs.repeat(row, this.#rowOf(countedBy, call))
      return
    }
    const number =
      this.#calls.find(CallList.trace, call, this.#isUnreportedCall) || this.#inAnotherTrace(call)
    const added = this.#calls.add()
    if (number === 0) return
    const same = this.#calls.at(number)
    const sameRow = this.#rowOf(number, call)
    if (sameRow === undefined || values[same + CallColumn.detail]! >= values[call + CallColumn.detail]!) {
      values[call + CallColumn.countedBy] = number
      costs.repeat(row, sameRow)
      return
    }
    this.#calls.find(CallList.trace, call, (_, other) => {
      if (values[other + CallColumn.countedBy] === number) values[other + CallColumn.countedBy] = added
      return false
    })
    values[same + CallColumn.countedBy] = added
    costs.repeat(sameRow, row)
  }

  /** The row of a call, if it is in the same batch as another one. */
  #rowOf(number: number, other: number): number | undefined {
    const { values } = this.#calls
    const call = this.#calls.at(number)
    const isInBatch = values[call + CallColumn.batch] === values[other + CallColumn.batch]
    return isInBatch ? values[call + CallColumn.row] : undefined
  }

  readonly #isUnreportedCall = (values: Values, counted: number, call: number): boolean =>
    isSameCall(values, counted, call) && this.#isUnreported(CallList.trace, counted, call)

  readonly #isUnreportedEmbedding = (values: Values, counted: number, call: number): boolean =>
    (isWithin(values, counted, call) || isWithin(values, call, counted)) &&
    isSameCallInAnotherTrace(values, counted, call) &&
    this.#isUnreported(CallList.asked, counted, call)

  /** Each instrumentation reports a call once: a second span from the same one is another call. */
  #isUnreported(list: ListNumber, counted: number, call: number): boolean {
    const { values } = this.#calls
    const isReport = (_: Values, other: number): boolean =>
      values[other + CallColumn.countedBy] !== 0 &&
      this.#calls.at(values[other + CallColumn.countedBy]!) === counted &&
      values[other + CallColumn.scope] === values[call + CallColumn.scope]
    return this.#calls.find(list, call, isReport) === 0
  }

  #inAnotherTrace(call: number): number {
    // Embeddings have few tokens, so that many have equally many.
    if (this.#calls.values[call + CallColumn.output] === 0)
      return this.#calls.find(CallList.asked, call, this.#isUnreportedEmbedding)
    return (
      this.#calls.find(CallList.answered, call, isSameCallInAnotherTrace) ||
      this.#calls.find(CallList.asked, call, isSameCallInAnotherTrace)
    )
  }
}

/** Takes half the time of `join`. This matters for JSON, where each batch has a resource of its own. */
function textOf(attributes: Attributes): string {
  let text = ''
  for (const [name, value] of attributes) text += `${name}=${value}\n`
  return text
}

/** Milliseconds from the end of a span until its request is made, if that is later. */
const LATEST_REQUEST = 1000

function endOf({ startUnixMillis, durationSeconds }: SpanView, { endsBeforeRequest }: GenAiSpan): number {
  return startUnixMillis + durationSeconds * 1000 + (endsBeforeRequest === true ? LATEST_REQUEST : 0)
}

function scopeOf({ scopeName }: SpanView, { instrumentation }: GenAiSpan): string {
  return instrumentation === undefined ? scopeName : `${scopeName} ${instrumentation}`
}

/** A model id without its maker, date and revision: some emitters report the requested id, others that of the response. */
function familyOf(model: string): string {
  return model
    .toLowerCase()
    .replace(/^.*\/|^([a-z-]+\.)+/, '')
    .replace(/[-@](20\d\d-?\d\d-?\d\d|latest).*$|(-v\d+)?(:\d+)?$/, '')
}

/** How much a span reports: a price is worth more than parts of the usage, and what the provider charged more than a price. */
function detailOf(usage: Usage, cost: CostNumbers | undefined): number {
  const priced = cost?.priced !== true ? 0 : cost.source === 'provider' ? 200 : 100
  return (
    priced +
    known(usage.cacheReadTokens) +
    known(usage.cacheWriteTokens) +
    known(usage.cacheWrite1hTokens) +
    known(usage.reasoningTokens) +
    known(usage.audioInputTokens) +
    known(usage.audioOutputTokens) +
    known(usage.imageInputTokens)
  )
}

function known(tokens: number | undefined): number {
  return tokens !== undefined && tokens > 0 ? 1 : 0
}
