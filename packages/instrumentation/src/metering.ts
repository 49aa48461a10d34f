import { type Attributes, context, type Logger, type Span, type Tracer } from '@opentelemetry/api'
import { addBusinessAttributes } from './business/baggage.ts'
import { endpointOf } from './business/endpoint.ts'
import {
  Attempt,
  type AttemptEnd,
  type AttemptStart,
  type OpenCall,
  type OpenWhen,
  observedRequest,
} from './call/attempt.ts'
import { AwaitedResponses } from './call/awaited-responses.ts'
import { completeForeignSpan, OwnSpan } from './call/call-span.ts'
import { findForeignSpan } from './call/foreign-span.ts'
import { type CallReporter, GenAiCall } from './call/gen-ai-call.ts'
import { placeOf, putBeside, putHttpSpanBeneath } from './call/http-span.ts'
import { contentAttributes, structured } from './call/message-content.ts'
import { addRequestAttributes, identifyingAttributes, spanName } from './call/request-attributes.ts'
import { RetryQueue } from './call/retries.ts'
import type { MeteringConfiguration, SemconvVersion } from './configuration.ts'
import type { GenAiRequest } from './flavors/types.ts'
import { EMPTY_BODY } from './observation/body-recorder.ts'
import { createRecognition, type Recognise, type Recognised } from './recognition.ts'
import { safely } from './safely.ts'
import * as semconv from './semconv.ts'
import type { CallMetrics } from './telemetry/call-metrics.ts'
import { LabelSets } from './telemetry/labels.ts'
import { attemptIn } from './transports/current-attempt.ts'
import { beneathCaller } from './transports/incoming-calls.ts'
import type { ObservedBody, RequestHead } from './wire/types.ts'

/** Where the spans and metrics of calls go; asked anew for each call, as an app may set up its SDK at any time. */
export interface Telemetry {
  tracer(): Tracer
  metrics(): CallMetrics | undefined
  logger(): Logger
}

/** Turns what the transports see into spans and metrics: opens calls, joins retries to them, ends them. */
export class Metering implements CallReporter {
  readonly configuration: MeteringConfiguration
  readonly recognise: Recognise
  readonly awaited: AwaitedResponses = new AwaitedResponses()
  /** Run once, before the first call: by then the app has installed whatever else listens on the same channels. */
  beforeFirstCall: (() => void) | undefined
  readonly #telemetry: Telemetry
  readonly #labels: LabelSets
  readonly #retries = new RetryQueue()
  readonly #open = new Set<GenAiCall>()
  readonly #byForeignSpan = new WeakMap<Span, GenAiCall>()

  constructor(configuration: MeteringConfiguration, telemetry: Telemetry) {
    this.configuration = configuration
    this.#telemetry = telemetry
    this.#labels = new LabelSets(configuration.metricKeys)
    this.recognise = createRecognition(configuration)
  }

  get version(): SemconvVersion {
    return this.configuration.semconv
  }

  get timesChunks(): boolean {
    return this.#telemetry.metrics() !== undefined
  }

  get capturesContent(): boolean {
    return this.configuration.captureMessageContent !== 'NO_CONTENT'
  }

  /**
   * @param body of the request; `undefined` if it isn't known yet.
   * @param open when to start the span if the body isn't known yet: now, so that other spans can become its children,
   *   or once the body, which tells more, has passed.
   * @param startedAt when the app made the call, if that wasn't just now.
   */
  begin(
    recognised: Recognised,
    head: RequestHead,
    body: ObservedBody | undefined,
    open: OpenWhen = 'with-body',
    startedAt: number = performance.now(),
  ): Attempt {
    this.beforeFirstCall?.()
    this.beforeFirstCall = undefined
    const active = beneathCaller(context.active())
    const outer = attemptIn(active)
    // A fetch beneath ours may retry by itself, within the context of the attempt that is over.
    const parentContext = outer?.active === false ? outer.start.parentContext : active
    const start = { recognised, head, startedAt, parentContext, place: placeOf(parentContext) }
    const opens = body === undefined && mayBeOfApp(recognised, head) ? 'with-body' : open
    // Only the body, once it has passed, tells a retry from another call.
    const retried = body === undefined && opens === 'now' ? this.#retries.mayTake(start) : undefined
    return retried === undefined
      ? new Attempt(start, body, opens, this.#openCall, parentContext)
      : new Attempt(start, body, 'with-body', this.#openCall, retried.context)
  }

  /** Joins a retry to its call, or opens a call: on the span that its maker has opened for it, or on one of ours. */
  readonly #openCall: OpenCall = (start, body, request) => {
    const { parentContext } = start
    const foreign = findForeignSpan(parentContext, request)
    // A foreign span is that of one call. After that has failed, its maker may try again; if not, this is another call.
    const earlier = foreign && this.#byForeignSpan.get(foreign)
    const retried = earlier?.mayBeTriedAgain === true ? earlier : this.#retries.take(start, body)
    if (retried !== undefined) {
      putHttpSpanBeneath(parentContext, retried.span)
      return retried
    }
    const attributes = this.#startAttributes(start, request)
    if (foreign !== undefined && earlier === undefined) {
      const span = completeForeignSpan(foreign, attributes, parentContext)
      const call = new GenAiCall(start, request, span, attributes, this)
      this.#byForeignSpan.set(foreign, call)
      return call
    }
    const tracer = this.#telemetry.tracer()
    const { startedAt } = start
    const span = new OwnSpan({ tracer, name: spanName(request), attributes, startedAt, parentContext })
    if (span.span.isRecording()) {
      if (foreign === undefined) putHttpSpanBeneath(parentContext, span.span)
      else putBeside(foreign, span.span)
    }
    return new GenAiCall(start, request, span, attributes, this)
  }

  #startAttributes({ recognised, head, parentContext }: AttemptStart, request: GenAiRequest): Attributes {
    const { flavor, provider } = recognised
    const attributes = identifyingAttributes(provider, request, head)
    addRequestAttributes(attributes, request, { flavor: flavor.name, version: this.version })
    addBusinessAttributes(attributes, parentContext, this.configuration.baggageKeys)
    return attributes
  }

  callStarted(call: GenAiCall): void {
    this.#open.add(call)
    const { requestHook } = this.configuration
    if (requestHook === undefined) return
    safely('requestHook', () => requestHook(call.span, { head: call.start.head, request: call.request }))
  }

  mayBeRetried(call: GenAiCall, failed: AttemptEnd, within: number): void {
    // A foreign span is ended by its owner, who knows whether a retry follows.
    if (!call.isForeign) this.#retries.add(call, failed, within)
  }

  callEnded(call: GenAiCall, end: AttemptEnd | undefined, attributes: Attributes): void {
    this.#open.delete(call)
    const { request } = call
    // An app with an SDK of its own may not have our span processor, which would do this too.
    const endpoint = endpointOf(call.start.parentContext)
    if (endpoint !== undefined) call.span.setAttribute(semconv.ATTR_BUSINESS_ENDPOINT, endpoint)
    const { responseHook } = this.configuration
    if (this.capturesContent && end !== undefined)
      safely('content', () => this.#captureContent(call, end, attributes))
    if (responseHook !== undefined) {
      safely('responseHook', () => responseHook(call.span, { request, response: end?.response }))
    }
    const metrics = this.#telemetry.metrics()
    if (metrics === undefined) return
    metrics.record({
      labels: this.#labels.of(call.startAttributes, attributes),
      attributes,
      operation: request.operation,
      stream: request.stream === true,
      startedAt: call.start.startedAt,
      end,
    })
  }

  #captureContent(call: GenAiCall, end: AttemptEnd, attributes: Attributes): void {
    const { captureMessageContent: where } = this.configuration
    const { flavor } = call.start.recognised
    const read = flavor.readContent?.(observedRequest(end.start.head, end.body), end.observed)
    if (read === undefined) return
    const content = contentAttributes(read, this.configuration)
    if (where !== 'EVENT_ONLY') call.span.setAttributes(content)
    if (where === 'SPAN_ONLY') return
    this.#telemetry.logger().emit({
      eventName: semconv.EVENT_OPERATION_DETAILS,
      attributes: { ...call.startAttributes, ...attributes, ...structured(content) },
      context: call.context,
    })
  }

  /** Ends every span that is still open, with what is known: the process is about to exit. */
  endAll(): void {
    this.#retries.endAll()
    for (const call of this.#open) call.end()
  }
}

/**
 * Whether this may be a call of the app's own API: no provider is known for the host, and the path alone doesn't decide
 * it, but the body will.
 */
function mayBeOfApp({ isAssumed, flavor }: Recognised, head: RequestHead): boolean {
  return isAssumed === true && flavor.readRequest({ ...head, body: EMPTY_BODY }) === undefined
}
