import {
  type Attributes,
  type Context,
  context,
  type Logger,
  type Span,
  type Tracer,
} from '@opentelemetry/api'
import { addBusinessAttributes } from './business/baggage.ts'
import { endpointOf } from './business/endpoint.ts'
import { Attempt, type AttemptEnd, type OpenCall, type OpenWhen, observedRequest } from './call/attempt.ts'
import { AwaitedResponses } from './call/awaited-responses.ts'
import { completeForeignSpan, OwnSpan } from './call/call-span.ts'
import { findForeignSpan } from './call/foreign-span.ts'
import { type CallReporter, GenAiCall } from './call/gen-ai-call.ts'
import { placeOf, putHttpSpanBeneath } from './call/http-span.ts'
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
import type { ObservedBody, RequestHead } from './wire/types.ts'

/** Where the spans and metrics of calls go; asked anew for each call, as an app may set up its SDK at any time. */
export interface Telemetry {
  tracer(): Tracer
  metrics(): CallMetrics | undefined
  logger(): Logger
}

/** From what the transports see to spans and metrics: opens calls, joins their retries, ends them. */
export class Metering implements CallReporter {
  readonly configuration: MeteringConfiguration
  readonly recognise: Recognise
  readonly awaited: AwaitedResponses = new AwaitedResponses()
  /** By the first call of a model an app has set up what else it has. */
  beforeFirstCall: (() => void) | undefined
  readonly #telemetry: Telemetry
  readonly #labels: LabelSets
  readonly #retries = new RetryQueue()
  readonly #open = new Set<GenAiCall>()
  readonly #foreign = new WeakMap<Span, GenAiCall>()

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

  /**
   * @param body `undefined` where it isn't at hand.
   * @param open When to start the span where the body isn't at hand: now, for spans of others to become its children,
   *   or with the body, which tells more.
   * @param startedAt Where that isn't now.
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
    const active = context.active()
    const outer = attemptIn(active)
    // A fetch of the app's own beneath ours may try again by itself.
    const parentContext = outer?.active === false ? outer.start.parentContext : active
    const start = { recognised, head, startedAt, parentContext, place: placeOf(parentContext) }
    const opens = body === undefined && mayBeOfApp(recognised, head) ? 'with-body' : open
    // A body that is yet to pass will tell a retry from another call.
    const retried = body === undefined && opens === 'now' ? this.#retries.mayTake(start) : undefined
    return retried === undefined
      ? new Attempt(start, body, opens, this.#openCall, parentContext)
      : new Attempt(start, body, 'with-body', this.#openCall, retried.context)
  }

  readonly #openCall: OpenCall = (start, body, request) => {
    const foreign = this.#findForeignSpan(start.parentContext, request)
    const known = foreign === undefined ? this.#retries.take(start, body) : this.#foreign.get(foreign)
    if (known !== undefined) {
      putHttpSpanBeneath(start.parentContext, known.span)
      return known
    }
    const { recognised, head, parentContext, startedAt } = start
    const { flavor, provider } = recognised
    const attributes = identifyingAttributes(provider, request, head)
    addRequestAttributes(attributes, request, { flavor: flavor.name, version: this.version })
    addBusinessAttributes(attributes, parentContext, this.configuration.baggageKeys)
    const name = spanName(request)
    const span =
      foreign === undefined
        ? new OwnSpan({ tracer: this.#telemetry.tracer(), name, attributes, startedAt, parentContext })
        : completeForeignSpan(foreign, attributes, parentContext)
    const call = new GenAiCall(start, request, span, attributes, this)
    if (!span.span.isRecording()) return call
    if (foreign === undefined) putHttpSpanBeneath(parentContext, call.span)
    else this.#foreign.set(foreign, call)
    return call
  }

  #findForeignSpan(active: Context, request: GenAiRequest): Span | undefined {
    const span = findForeignSpan(active, request)
    // What an app does while it is asked for the body of a call, to call a model even, runs in our own span of that.
    return span !== undefined && attemptIn(active)?.call?.span === span ? undefined : span
  }

  callStarted(call: GenAiCall): void {
    this.#open.add(call)
    const { requestHook } = this.configuration
    if (requestHook === undefined) return
    safely('requestHook', () => requestHook(call.span, { head: call.start.head, request: call.request }))
  }

  mayBeRetried(call: GenAiCall, failed: AttemptEnd, within: number): void {
    // The owner of a foreign span knows when it is over.
    if (!call.isForeign) this.#retries.add(call, failed, within)
  }

  callEnded(call: GenAiCall, end: AttemptEnd | undefined, attributes: Attributes): void {
    this.#open.delete(call)
    const { request } = call
    // Of an app with an SDK of its own, whose processors ours needn't be among.
    const endpoint = endpointOf(call.start.parentContext)
    if (endpoint !== undefined) call.span.setAttribute(semconv.ATTR_BUSINESS_ENDPOINT, endpoint)
    const { captureMessageContent, responseHook } = this.configuration
    if (captureMessageContent !== 'NO_CONTENT' && end !== undefined)
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

/** Whether nobody claims the address, and its path is one that an app's own API may have: the body will tell. */
function mayBeOfApp({ isAssumed, flavor }: Recognised, head: RequestHead): boolean {
  return isAssumed === true && flavor.readRequest({ ...head, body: EMPTY_BODY }) === undefined
}
