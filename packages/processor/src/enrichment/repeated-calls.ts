import type { CostNumbers, Usage } from '@spanmeter/pricing'
import { asText } from '../dialects/readers/values.ts'
import type { GenAiSpan } from '../dialects/types.ts'
import { byResource } from '../otlp/by-resource.ts'
import { byText } from '../otlp/by-text.ts'
import { spanHash } from '../otlp/span-hash.ts'
import { textHash } from '../otlp/text-hash.ts'
import type { Attributes, SpanView } from '../otlp/types.ts'
import type { BatchCosts } from './batch-costs.ts'
import { CALL_WIDTH, CallColumn, CallList, ToldCalls } from './told-calls.ts'

/** Answers shorter than this are as long as many others; calls are told apart by their input, too. */
const MANY_HAVE = 32

/** Calls of a batch that there is room for; what a huge one has grown is given back after it. */
const FIRST_ROOM = 256
const LARGEST_ROOM = 16_384

/**
 * Calls that several instrumentations of one process tell of: that of a framework and that of the SDK beneath. Where one
 * span stands above the other, the roll-up sees that they are one call. But the span of many a framework isn't the active
 * one while the SDK calls, and the two stand side by side: then they are one if they are of one trace and service, by
 * different instrumentations, at the same time, with the same counts. Where nothing stands above them, each is of a trace of
 * its own: then they are one if they are of one process and model, at the same time, with the same counts. Within a batch
 * the one that tells more counts, across batches the first, whichever thread hears of it.
 */
export class RepeatedCalls {
  readonly #calls: ToldCalls
  readonly #numberOf = byText(textHash)
  readonly #modelOf = byText((id) => this.#numberOf(familyOf(id)))
  readonly #senderOf = byResource(({ attributes }) => ({
    process: textHash(textOf(attributes)),
    service: this.#numberOf(asText(attributes.get('service.name')) ?? ''),
  }))
  /** The calls of the batch, side by side: threads take turns for a batch, not for each of its calls. */
  #batch = new Float64Array(FIRST_ROOM * CALL_WIDTH)
  #used = 0

  /** `memory`: from `sharedToldCallsMemory`, for threads that hear of the same calls. */
  constructor(memory?: SharedArrayBuffer) {
    this.#calls = new ToldCalls(memory)
  }

  /** Rows are those of a new batch. */
  begin(): void {
    this.#used = 0
    if (this.#batch.length > LARGEST_ROOM * CALL_WIDTH) {
      this.#batch = new Float64Array(FIRST_ROOM * CALL_WIDTH)
    }
  }

  /** A call of the batch. */
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
    values[call + CallColumn.answered] = spanHash(caller, output, output < MANY_HAVE ? input : 0, seed)
    values[call + CallColumn.asked] = spanHash(caller, 0, input, seed)
    values[call + CallColumn.start] = start
    values[call + CallColumn.end] = start + span.durationSeconds * 1000
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

  /** Once all calls of the batch were added: those that tell of a call again are marked. */
  settle(costs: BatchCosts): void {
    if (this.#used === 0) return
    this.#calls.lock.acquire()
    try {
      const batch = this.#calls.beginBatch()
      for (let from = 0; from < this.#used; from += CALL_WIDTH) {
        this.#batch[from + CallColumn.batch] = batch
        const repeated = this.#settleCall(this.#calls.write(this.#batch, from))
        if (repeated !== undefined) costs.repeat(repeated)
      }
    } finally {
      this.#calls.lock.release()
    }
  }

  /** The row of the batch that tells of a call again: this one, or one before it, which knows less. */
  #settleCall(call: number): number | undefined {
    const { values } = this.#calls
    if (this.#isToldByItsCalls(call)) return values[call + CallColumn.row]
    if (this.#calls.hasOtherScopes(values[call + CallColumn.service]!, values[call + CallColumn.scope]!)) {
      return this.#settleAmongSeveral(call)
    }
    this.#calls.add()
    return undefined
  }

  /** Of what sums up a run whether its calls have spans of their own: of the same process, or in the same trace. */
  #isToldByItsCalls(call: number): boolean {
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

  #settleAmongSeveral(call: number): number | undefined {
    const { values } = this.#calls
    const row = values[call + CallColumn.row]!
    const before = this.#calls.find(CallList.trace, call, isSameSpan)
    if (before !== 0) return values[this.#calls.at(before) + CallColumn.countedBy] === 0 ? undefined : row
    const number = this.#calls.find(CallList.trace, call, this.#isUntoldCall) || this.#inAnotherTrace(call)
    const added = this.#calls.add()
    if (number === 0) return undefined
    const same = this.#calls.at(number)
    if (
      values[same + CallColumn.batch] !== values[call + CallColumn.batch] ||
      values[same + CallColumn.detail]! >= values[call + CallColumn.detail]!
    ) {
      values[call + CallColumn.countedBy] = number
      return row
    }
    this.#calls.find(CallList.trace, call, (_, other) => {
      if (values[other + CallColumn.countedBy] === number) values[other + CallColumn.countedBy] = added
      return false
    })
    values[same + CallColumn.countedBy] = added
    return values[same + CallColumn.row]
  }

  /** Each instrumentation tells of a call once: a second span of its own is another call. */
  readonly #isUntoldCall = (values: Values, counted: number, call: number): boolean =>
    isSameCall(values, counted, call) &&
    this.#calls.find(
      CallList.trace,
      call,
      (_, other) =>
        values[other + CallColumn.countedBy] !== 0 &&
        this.#calls.at(values[other + CallColumn.countedBy]!) === counted &&
        values[other + CallColumn.scope] === values[call + CallColumn.scope],
    ) === 0

  #inAnotherTrace(call: number): number {
    // Embeddings have but a few tokens, and many have as many.
    if (this.#calls.values[call + CallColumn.output] === 0) return 0
    return (
      this.#calls.find(CallList.answered, call, isSameCallInAnotherTrace) ||
      this.#calls.find(CallList.asked, call, isSameCallInAnotherTrace)
    )
  }
}

/** In half the time that `join` takes: a resource is new with every batch that comes as JSON. */
function textOf(attributes: Attributes): string {
  let text = ''
  for (const [name, value] of attributes) text += `${name}=${value}\n`
  return text
}

type Values = Float64Array

function isSameSpan(values: Values, one: number, other: number): boolean {
  return (
    values[one + CallColumn.spanHigh] === values[other + CallColumn.spanHigh] &&
    values[one + CallColumn.spanLow] === values[other + CallColumn.spanLow]
  )
}

/** Whether a call that is counted and another one are one. */
function isSameCall(values: Values, counted: number, other: number): boolean {
  return (
    values[counted + CallColumn.countedBy] === 0 &&
    values[counted + CallColumn.scope] !== values[other + CallColumn.scope] &&
    values[counted + CallColumn.service] === values[other + CallColumn.service] &&
    overlap(values, counted, other) &&
    hasSameInput(values, counted, other) &&
    hasSameOutput(values, counted, other)
  )
}

function isOneOfItsCalls(values: Values, other: number, run: number): boolean {
  return (
    values[other + CallColumn.scope] === values[run + CallColumn.sumsUp] &&
    values[run + CallColumn.start]! <= values[other + CallColumn.start]! &&
    values[other + CallColumn.start]! <= values[run + CallColumn.end]!
  )
}

function isSameCallInAnotherTrace(values: Values, counted: number, other: number): boolean {
  return (
    values[counted + CallColumn.start] !== values[other + CallColumn.start] &&
    isSameCall(values, counted, other)
  )
}

function overlap(values: Values, one: number, other: number): boolean {
  return (
    values[one + CallColumn.start]! <= values[other + CallColumn.end]! &&
    values[other + CallColumn.start]! <= values[one + CallColumn.end]!
  )
}

/** Some leave out what the cache has, and don't say so. */
function hasSameInput(values: Values, one: number, other: number): boolean {
  const difference = Math.abs(values[one + CallColumn.input]! - values[other + CallColumn.input]!)
  return (
    difference === 0 ||
    difference === values[one + CallColumn.cached] ||
    difference === values[other + CallColumn.cached]
  )
}

function scopeOf({ scopeName }: SpanView, { instrumentation }: GenAiSpan): string {
  return instrumentation === undefined ? scopeName : `${scopeName} ${instrumentation}`
}

/** Of Claude's streams LangChain and OpenLLMetry add up what is said before, a few tokens, and after. */
const SAID_BEFORE = 8

/** Some leave out thoughts. */
function hasSameOutput(values: Values, one: number, other: number): boolean {
  const difference = Math.abs(values[one + CallColumn.output]! - values[other + CallColumn.output]!)
  return (
    difference <= SAID_BEFORE ||
    difference === values[one + CallColumn.reasoning] ||
    difference === values[other + CallColumn.reasoning]
  )
}

/** The same for an id with and without its maker, its date and its revision: some tell what was asked for. */
function familyOf(model: string): string {
  return model
    .toLowerCase()
    .replace(/^.*\/|^([a-z-]+\.)+/, '')
    .replace(/[-@](20\d\d-?\d\d-?\d\d|latest).*$|(-v\d+)?(:\d+)?$/, '')
}

/** A price says more than parts do, and what the provider charged more than a price. */
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
