import type { Context } from '@opentelemetry/api'
import type { GenAiRequest, GenAiResponse, ResponseSum } from '../flavors/types.ts'
import { BodyRecorder, EMPTY_BODY } from '../observation/body-recorder.ts'
import { type ContentDecoder, createContentDecoder } from '../observation/content-decoder.ts'
import type { Recognised } from '../recognition.ts'
import { type HeaderReader, NO_HEADERS } from '../request-head.ts'
import type { ObservedBody, ObservedRequest, ObservedResponse, RequestHead } from '../wire/types.ts'
import { type AttemptFailure, failureOfError, failureOfResponse, isAbandoned } from './failure.ts'
import { withCostOfCached } from './gateway-cache.ts'
import type { GenAiCall } from './gen-ai-call.ts'
import type { Place } from './http-span.ts'
import { readRequest, readResponse } from './read-exchange.ts'

/** Beyond this many chunks their times are no longer kept: an endless stream stays bounded. */
const MAX_CHUNK_TIMES = 10_000

export interface AttemptStart {
  readonly recognised: Recognised
  readonly head: RequestHead
  /** `performance.now()` when the app asked for it. */
  readonly startedAt: number
  /** What the app's call ran in. */
  readonly parentContext: Context
  /** A retry comes from the same place. */
  readonly place: Place
}

/** How an attempt went. */
export interface AttemptEnd {
  readonly start: AttemptStart
  /** Of the request. */
  readonly body: ObservedBody | undefined
  /** `undefined` where no response came. */
  readonly response: GenAiResponse | undefined
  readonly failure: AttemptFailure | undefined
  /** The response didn't come to its own end. */
  readonly aborted: boolean
  readonly endedAt: number
  readonly chunkTimes: readonly number[]
  /** What the response was read from. */
  readonly observed: ObservedResponse | undefined
}

/** When to start the span of a call whose request body isn't known yet. */
export type OpenWhen = 'now' | 'with-body'

/** Finds the call that an attempt belongs to, or opens one. */
export type OpenCall = (
  start: AttemptStart,
  body: ObservedBody | undefined,
  request: GenAiRequest,
) => GenAiCall

/**
 * One HTTP request of a call and its response, as a transport sees them pass, or the messages of a session that take
 * their place. What happens is reported in order; what is reported after the end is ignored.
 */
export class Attempt {
  #start: AttemptStart
  /** The request body; `undefined` while it isn't known, which may be for good, and after the end. */
  #sent: ObservedBody | undefined
  readonly #openCall: OpenCall
  readonly #outerContext: Context
  #call: GenAiCall | undefined
  #requestBody: BodyRecorder | undefined
  #status: number | undefined
  #header: HeaderReader = NO_HEADERS
  readonly #body = new BodyRecorder()
  #sum: ResponseSum | undefined
  #decoder: ContentDecoder | undefined
  readonly #chunkTimes: number[] = []
  #maxChunkTimes = 0
  #observed: ObservedResponse | undefined
  #ended = false
  #hasExchange = false

  /**
   * @param body Of the request, if it is known.
   * @param outerContext What the HTTP request runs in as long as its call isn't known.
   */
  constructor(
    start: AttemptStart,
    body: ObservedBody | undefined,
    open: OpenWhen,
    openCall: OpenCall,
    outerContext: Context,
  ) {
    this.#start = start
    this.#sent = body
    this.#openCall = openCall
    this.#outerContext = outerContext
    const bodyWillPass = body === undefined && mayHaveBody(start.head)
    const wait = bodyWillPass && open === 'with-body'
    const request = wait ? undefined : this.#readRequest()
    if (request !== undefined) this.#join(request)
    // No call by its method and path; only a body that is yet to pass may still make it one.
    else if (!bodyWillPass) this.#ended = true
    if (bodyWillPass && !this.#ended) this.#requestBody = new BodyRecorder()
  }

  /** Without its headers after the end. */
  get start(): AttemptStart {
    return this.#start
  }

  /**
   * Whether there is anything more to report: not after the end, if the span isn't recording, or if this is no call
   * after all.
   */
  get active(): boolean {
    return !this.#ended
  }

  /**
   * Claims the one request that carries the attempt out, beneath the transport that saw it first. Any other request in
   * the same context is the app's own.
   *
   * @returns whether it was unclaimed.
   */
  takeExchange(): boolean {
    const isFirst = !this.#hasExchange
    this.#hasExchange = true
    return isFirst
  }

  /** Whether the request body is wanted as it passes. */
  get wantsRequestBody(): boolean {
    return this.#requestBody !== undefined
  }

  /** What the HTTP request runs in: its own spans become children of the call's. */
  get context(): Context {
    return this.#call?.context ?? this.#outerContext
  }

  get call(): GenAiCall | undefined {
    return this.#call
  }

  #readRequest(): GenAiRequest | undefined {
    return readRequest(this.start.recognised.flavor, observedRequest(this.start.head, this.#sent))
  }

  #join(request: GenAiRequest): void {
    this.#call = this.#openCall(this.start, this.#sent, request)
    if (this.#call.span.isRecording()) this.#call.attemptStarted(this)
    else this.#ended = true
  }

  /** A piece of a request body that wasn't known at the start. */
  requestChunk(chunk: Uint8Array): void {
    this.#requestBody?.add(chunk)
  }

  /** The request has gone out; its body, if it passed in pieces, is whole. */
  requestSent(): void {
    const recorder = this.#requestBody
    if (recorder === undefined || this.#ended) return
    this.#requestBody = undefined
    this.#sent = recorder.finish(true)
    recorder.release()
    const request = this.#readRequest()
    if (this.#call !== undefined) {
      if (request !== undefined) this.#call.requestKnown(request)
    } else if (request === undefined) this.#ended = true
    else this.#join(request)
  }

  responseStarted(status: number, header: HeaderReader): void {
    this.requestSent()
    if (this.#ended) return
    this.#status = status
    this.#header = header
    // The time of a stream's first chunk is always wanted.
    if (this.#call?.request.stream === true)
      this.#maxChunkTimes = this.#call.timesChunks ? MAX_CHUNK_TIMES : 1
    if (status < 400 && this.#call !== undefined)
      this.#sum = this.start.recognised.flavor.openSum?.(this.#call.request)
    this.#decoder = createContentDecoder(header('content-encoding'), (chunk) => this.#keep(chunk))
  }

  responseChunk(chunk: Uint8Array): void {
    if (this.#ended) return
    this.responsePassed()
    if (this.#decoder === undefined) this.#keep(chunk)
    else this.#decoder.write(chunk)
  }

  /** A piece of the response has come of which only the time matters. */
  responsePassed(): void {
    if (this.#chunkTimes.length < this.#maxChunkTimes) this.#chunkTimes.push(performance.now())
  }

  #keep(chunk: Uint8Array): void {
    this.#body.add(chunk)
    this.#sum?.write(chunk)
  }

  /** The response came to its end. */
  responseEnded(): void {
    this.#settle(true, undefined)
  }

  /** Whether a response has been seen. */
  get responded(): boolean {
    return this.#status !== undefined
  }

  /** A response came that no transport has seen, from a cache or a mock: all but its body is known. */
  respondedUnseen(status: number, header: HeaderReader): void {
    this.responseStarted(status, header)
    if (this.#ended) return
    this.#ended = true
    this.#report(true, false, undefined, performance.now())
  }

  /** The exchange ended before the response did, or before there was one. */
  failed(error: unknown): void {
    this.requestSent()
    this.#settle(false, this.#status !== undefined && isAbandoned(error) ? undefined : failureOfError(error))
  }

  /** What the response has said so far, for a call that has to end before its exchange does. */
  readSoFar(): AttemptEnd {
    const readable = this.#decoder?.finishNow() ?? true
    return this.#end(this.#read(false, readable), undefined, true, performance.now())
  }

  #settle(ended: boolean, failure: AttemptFailure | undefined): void {
    if (this.#ended) return
    this.#ended = true
    const endedAt = performance.now()
    if (this.#decoder === undefined) this.#report(ended, true, failure, endedAt)
    else this.#decoder.finish((readable) => this.#report(ended, readable, failure, endedAt))
  }

  #report(ended: boolean, readable: boolean, failure: AttemptFailure | undefined, endedAt: number): void {
    const response = this.#read(ended, readable)
    this.#body.release()
    this.#call?.attemptEnded(this.#end(response, failure, !ended, endedAt))
    // The attempt may live on: an idle connection holds it, and so does what `fetch` keeps of its context until the
    // next full garbage collection. The call must not live on with it.
    this.#call = undefined
    this.#sent = undefined
    this.#header = NO_HEADERS
    this.#observed = undefined
    this.#sum = undefined
    this.#start = withoutHeaders(this.#start)
  }

  #end(
    response: GenAiResponse | undefined,
    failure: AttemptFailure | undefined,
    aborted: boolean,
    endedAt: number,
  ): AttemptEnd {
    const reported =
      this.#status === undefined ? undefined : failureOfResponse(this.#status, this.#header, response)
    return {
      start: this.start,
      body: this.#sent,
      response,
      failure: reported ?? failure,
      aborted,
      endedAt,
      chunkTimes: this.#chunkTimes,
      observed: this.#observed,
    }
  }

  #read(ended: boolean, readable: boolean): GenAiResponse | undefined {
    const request = this.#call?.request
    if (request === undefined || this.#status === undefined) return undefined
    const body = this.#body.finish(ended && readable)
    const observed = { status: this.#status, header: this.#header, body }
    this.#observed = observed
    const isSummed = readable && (ended || this.#sum?.countsParts === true)
    const sum = isSummed ? this.#sum : undefined
    const read = readResponse(this.start.recognised.flavor, observed, request, sum)
    const response = withCostOfCached(read, this.#header)
    return readable ? response : { ...response, unreadable: true }
  }
}

function withoutHeaders(start: AttemptStart): AttemptStart {
  return { ...start, head: { ...start.head, header: NO_HEADERS } }
}

/** The request as flavors read it. */
export function observedRequest(head: RequestHead, body: ObservedBody | undefined): ObservedRequest {
  return { ...head, body: body ?? (mayHaveBody(head) ? undefined : EMPTY_BODY) }
}

function mayHaveBody({ method }: RequestHead): boolean {
  return method !== 'GET' && method !== 'HEAD'
}
