import {
  type Attributes,
  type AttributeValue,
  type Context,
  type Span,
  SpanKind,
  trace,
} from '@opentelemetry/api'
import { getRPCMetadata, type RPCMetadata } from '@opentelemetry/core'
import { readBaggageKeys } from '../environment.ts'
import { runningMetering } from '../running-metering.ts'
import { ATTR_BUSINESS_ENDPOINT, ATTR_OPERATION_NAME } from '../semconv.ts'
import { addBusinessAttributes } from './baggage.ts'
import { routeOfHandler, routeOfRequest } from './endpoint.ts'

/** What the SDK hands to processors, in versions 2 and 3 alike. */
type SdkSpan = Span & { readonly attributes: Attributes; readonly kind: SpanKind }

/** Where a trace entered this process. */
interface LocalEntry {
  readonly root: SdkSpan
  rpc: RPCMetadata | undefined
  /** The route on the handler's span; frameworks copy it to the root span only at the end, if at all. */
  readonly handlerRoute: AttributeValue | undefined
}

export interface BusinessContextSpanProcessorOptions {
  /** Baggage entries that become `business.*`. Default: `SPANMETER_BAGGAGE_KEYS`, else the known ones. */
  baggageKeys?: readonly string[]
}

/**
 * Copies the business context to every span started in it, and the route of the local root span to the LLM spans
 * beneath it as `business.endpoint`. When the SDK is shut down, it ends the spans of calls that are still open, so it
 * has to come before the processors that export. Fits the span processors of the OpenTelemetry SDK 2 and 3.
 *
 * @example
 * new NodeSDK({ spanProcessors: [new BusinessContextSpanProcessor(), new BatchSpanProcessor({ exporter })] })
 *
 */
export class BusinessContextSpanProcessor {
  readonly #keys: readonly string[]
  readonly #entries = new WeakMap<Span, LocalEntry>()
  /** By the span of an incoming request: the latest route on a span beneath it, such as one that looks for the handler. */
  readonly #latestRoutes = new WeakMap<Span, AttributeValue>()

  constructor(options: BusinessContextSpanProcessorOptions = {}) {
    this.#keys = options.baggageKeys ?? readBaggageKeys()
  }

  onStart(span: SdkSpan, parentContext: Context): void {
    span.setAttributes(addBusinessAttributes({}, parentContext, this.#keys))
    this.#entries.set(span, this.#entryOf(span, parentContext))
  }

  #entryOf(span: SdkSpan, parentContext: Context): LocalEntry {
    const parent = trace.getSpan(parentContext)
    const entry =
      parent === undefined || parent.spanContext().isRemote === true ? undefined : this.#entries.get(parent)
    const handlerRoute = routeOfHandler(span)
    if (entry === undefined) return { root: span, rpc: undefined, handlerRoute }
    entry.rpc ??= getRPCMetadata(parentContext)
    if (handlerRoute === undefined) return entry
    if (entry.root.kind === SpanKind.SERVER) this.#latestRoutes.set(entry.root, handlerRoute)
    return { ...entry, handlerRoute }
  }

  /** Not at the start: routers know the route only after the root span has started. */
  onEnding(span: SdkSpan): void {
    if (
      span.attributes[ATTR_OPERATION_NAME] === undefined ||
      span.attributes[ATTR_BUSINESS_ENDPOINT] !== undefined
    )
      return
    const entry = this.#entries.get(span)
    if (entry === undefined) return
    const route =
      routeOfHandler(entry.root) ??
      routeOfRequest(entry.rpc) ??
      entry.handlerRoute ??
      this.#latestRoutes.get(entry.root)
    if (route !== undefined) span.setAttribute(ATTR_BUSINESS_ENDPOINT, route)
  }

  onEnd(): void {}

  async forceFlush(): Promise<void> {}

  /**
   * A failed call may still be waiting for a retry: this is the last chance to report it to the processors after this
   * one.
   */
  async shutdown(): Promise<void> {
    runningMetering()?.endOpenCalls()
  }
}
