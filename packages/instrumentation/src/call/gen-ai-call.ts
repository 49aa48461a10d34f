import type { Attributes, Context, Span } from '@opentelemetry/api'
import type { SemconvVersion } from '../configuration.ts'
import type { GenAiRequest, GenAiResponse } from '../flavors/types.ts'
import { signerOf } from '../recognition.ts'
import { safely } from '../safely.ts'
import * as semconv from '../semconv.ts'
import type { Attempt, AttemptEnd, AttemptStart } from './attempt.ts'
import type { AwaitedResponses } from './awaited-responses.ts'
import type { CallSpan } from './call-span.ts'
import type { AttemptFailure } from './failure.ts'
import { WITH_USAGE } from './operations.ts'
import { addRequestAttributes, identifyingAttributes, spanName } from './request-attributes.ts'
import { responseAttributes } from './response-attributes.ts'
import { waitingEnd } from './waiting-end.ts'

/** What a call reports to. */
export interface CallReporter {
  readonly version: SemconvVersion
  /** Whether anybody wants to know when each chunk came. */
  readonly timesChunks: boolean
  readonly capturesContent: boolean
  readonly awaited: AwaitedResponses
  callStarted(call: GenAiCall): void
  /** The last attempt failed in a way that clients try again within so many milliseconds. */
  mayBeRetried(call: GenAiCall, failed: AttemptEnd, within: number): void
  /** Before the span ends. */
  callEnded(call: GenAiCall, end: AttemptEnd | undefined, attributes: Attributes): void
}

/** One logical call of a model: one span, however many attempts it takes. */
export class GenAiCall {
  readonly start: AttemptStart
  request: GenAiRequest
  /** What the request says, as attributes of the span. */
  readonly startAttributes: Attributes
  readonly #span: CallSpan
  readonly #reporter: CallReporter
  #attempt: Attempt | undefined
  #attempts = 0
  #lastEnd: AttemptEnd | undefined
  #ended = false

  constructor(
    start: AttemptStart,
    request: GenAiRequest,
    span: CallSpan,
    startAttributes: Attributes,
    reporter: CallReporter,
  ) {
    this.start = start
    this.request = request
    this.startAttributes = startAttributes
    this.#span = span
    this.#reporter = reporter
    span.onEndedByOwner?.(() => this.end())
  }

  /** What the call's HTTP requests run in. */
  get context(): Context {
    return this.#span.context
  }

  get span(): Span {
    return this.#span.span
  }

  get timesChunks(): boolean {
    return this.#reporter.timesChunks
  }

  /** Whether somebody else opened the span, and will end it. */
  get isForeign(): boolean {
    return this.#span.onEndedByOwner !== undefined
  }

  /** Whether the latest attempt has failed in a way that leaves the call open. */
  get mayBeTriedAgain(): boolean {
    return !this.#ended && this.#lastEnd !== undefined
  }

  attemptStarted(attempt: Attempt): void {
    this.#attempt = attempt
    this.#lastEnd = undefined
    this.#attempts++
    if (this.#attempts === 1) this.#reporter.callStarted(this)
  }

  /** The request body passed after the span had been started. */
  requestKnown(request: GenAiRequest): void {
    this.request = request
    const { recognised, head } = this.start
    const { flavor, provider } = recognised
    this.#span.rename(spanName(request))
    Object.assign(this.startAttributes, identifyingAttributes(provider, request, head))
    addRequestAttributes(this.startAttributes, request, {
      flavor: flavor.name,
      version: this.#reporter.version,
    })
    this.#span.set(this.startAttributes)
  }

  attemptEnded(end: AttemptEnd): void {
    if (this.#ended) return
    this.#attempt = undefined
    if (end.failure !== undefined) this.#addFailedAttempt(end.failure, end.endedAt)
    // Clients don't repeat a call of a WebSocket session whose connection has broken off.
    const isOverSession = this.start.recognised.flavor.openSession !== undefined
    const within = isOverSession ? undefined : end.failure?.retryWithin
    if (within === undefined) {
      this.#lastEnd = end
      this.end()
    } else {
      this.#lastEnd = waitingEnd(end, this.#reporter.capturesContent)
      this.#reporter.mayBeRetried(this, end, within)
    }
  }

  /**
   * Ends the span with what is known: how the last attempt ended or, if one is under way, what has been seen of it. An
   * error of the app's own span processor must not get out: this may run in a timer, when no retry came.
   */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    safely('end of a call', () => this.#reportEnd())
  }

  #reportEnd(): void {
    const end = this.#lastEnd ?? this.#attempt?.readSoFar()
    const attributes = this.#endAttributes(end)
    this.#span.set(attributes)
    if (end?.failure !== undefined) this.#span.fail(end.failure)
    this.#reporter.callEnded(this, end, attributes)
    this.#span.end(end?.endedAt)
  }

  #endAttributes(end: AttemptEnd | undefined): Attributes {
    const response = end?.response && this.#withAwaited(end.response)
    const { flavor } = this.start.recognised
    const { operation } = this.request
    const attributes: Attributes =
      response === undefined
        ? {}
        : responseAttributes(response, { operation, flavor: flavor.name, version: this.#reporter.version })
    const provider = signerOf(this.start.recognised, end?.observed)
    if (provider !== undefined) attributes[semconv.ATTR_PROVIDER_NAME] = provider
    attributes[semconv.ATTR_SPANMETER_REQUEST_ATTEMPTS] = this.#attempts
    const missing = this.#missingUsage(end)
    if (missing !== undefined) attributes[semconv.ATTR_SPANMETER_USAGE_MISSING] = missing
    if (end?.failure !== undefined) attributes[semconv.ATTR_ERROR_TYPE] = end.failure.type
    const first = end?.chunkTimes[0]
    if (this.request.stream === true && first !== undefined) {
      attributes[semconv.ATTR_RESPONSE_TIME_TO_FIRST_CHUNK] = (first - this.start.startedAt) / 1000
    }
    return attributes
  }

  /**
   * A response made in the background is billed when it is first fetched. The conventions want no usage on a fetch, so
   * it is reported like the usage of further models.
   */
  #withAwaited(response: GenAiResponse): GenAiResponse {
    const { background, completionWindow, responseId } = this.request
    const { id, usage, fetched } = response
    if (background === true && usage === undefined && id !== undefined)
      this.#reporter.awaited.add(id, { model: response.model ?? this.request.model, completionWindow })
    const isMade = fetched?.usage !== undefined || fetched?.declaredCost !== undefined
    const awaited = isMade && responseId !== undefined ? this.#reporter.awaited.take(responseId) : undefined
    if (fetched === undefined || awaited === undefined) return response
    const whole = { ...response, ...fetched, completionWindow: awaited.completionWindow }
    if (fetched.usage === undefined) return whole
    const model = response.model ?? awaited.model
    const made = { included: true, usage: fetched.usage, ...(model !== undefined && { model }) }
    return { ...whole, furtherUsage: [made, ...(fetched.furtherUsage ?? [])] }
  }

  #missingUsage(end: AttemptEnd | undefined): string | undefined {
    const { operation, background, streamUsageRequested } = this.request
    if (!WITH_USAGE.has(operation) || background === true) return undefined
    const response = end?.response
    if (response === undefined) return end?.failure === undefined ? 'aborted' : undefined
    // SDKs let go of a stream at its last event, before the connection has reported its end.
    const whole = end?.aborted !== true || isSettled(response)
    if (whole && (response.usage !== undefined || end?.failure !== undefined)) return undefined
    if (whole && streamUsageRequested === false) return 'not_requested'
    if (end?.aborted === true) return 'aborted'
    return response.unreadable === true ? 'unreadable' : undefined
  }

  #addFailedAttempt({ type, status }: AttemptFailure, endedAt: number): void {
    const attributes: Attributes = {
      [semconv.ATTR_SPANMETER_REQUEST_ATTEMPT]: this.#attempts,
      [semconv.ATTR_ERROR_TYPE]: type,
    }
    if (status !== undefined) attributes[semconv.ATTR_HTTP_RESPONSE_STATUS_CODE] = status
    this.#span.span.addEvent(semconv.EVENT_ATTEMPT_FAILED, attributes, endedAt)
  }
}

/** The model is done: any usage stated by then is final. */
function isSettled({ finishReasons, status }: GenAiResponse): boolean {
  return (
    finishReasons !== undefined || (status !== undefined && status !== 'in_progress' && status !== 'queued')
  )
}
