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
import { ATTR_BUSINESS_ENDPOINT, ATTR_HTTP_ROUTE, ATTR_NEXT_ROUTE, ATTR_OPERATION_NAME } from '../semconv.ts'
import { addBusinessAttributes } from './baggage.ts'

/** What the SDK hands to processors, in versions 2 and 3 alike. */
type SdkSpan = Span & { readonly attributes: Attributes; readonly kind: SpanKind }

/** Where a trace entered this process. */
interface LocalEntry {
  readonly root: SdkSpan
  /** Where the routers of `@opentelemetry/instrumentation-*` leave the route until the root span ends. */
  rpc: RPCMetadata | undefined
  /** What Next.js has told of it by now, which writes the root's when all is over. */
  nextRoute: AttributeValue | undefined
}

export interface BusinessContextSpanProcessorOptions {
  /** Baggage entries that become `business.*`. Default: `SPANMETER_BAGGAGE_KEYS`, else the known ones. */
  baggageKeys?: readonly string[]
}

/**
 * Copies the business context to every span started in it, and the route of the local root span to the LLM spans
 * beneath it as `business.endpoint`. When the SDK is shut down, it ends the spans of calls that are still open: hence it
 * stands first. Fits the span processors of the OpenTelemetry SDK 2 and 3.
 *
 * @example
 * new NodeSDK({ spanProcessors: [new BusinessContextSpanProcessor(), new BatchSpanProcessor({ exporter })] })
 */
export class BusinessContextSpanProcessor {
  readonly #keys: readonly string[]
  readonly #entries = new WeakMap<Span, LocalEntry>()

  constructor(options: BusinessContextSpanProcessorOptions = {}) {
    this.#keys = options.baggageKeys ?? readBaggageKeys()
  }

  onStart(span: SdkSpan, parentContext: Context): void {
    span.setAttributes(addBusinessAttributes({}, parentContext, this.#keys))
    const parent = trace.getSpan(parentContext)
    const entry =
      parent === undefined || parent.spanContext().isRemote === true ? undefined : this.#entries.get(parent)
    if (entry !== undefined) {
      entry.rpc ??= getRPCMetadata(parentContext)
      entry.nextRoute ??= span.attributes[ATTR_NEXT_ROUTE]
    }
    this.#entries.set(span, entry ?? { root: span, rpc: undefined, nextRoute: undefined })
  }

  /** Routers know the route only after the root span has started; it ends after the spans beneath it. */
  onEnding(span: SdkSpan): void {
    if (
      span.attributes[ATTR_OPERATION_NAME] === undefined ||
      span.attributes[ATTR_BUSINESS_ENDPOINT] !== undefined
    )
      return
    const entry = this.#entries.get(span)
    const route = routeOf(entry?.root) ?? entry?.rpc?.route ?? entry?.nextRoute
    if (route !== undefined) span.setAttribute(ATTR_BUSINESS_ENDPOINT, route)
  }

  onEnd(): void {}

  async forceFlush(): Promise<void> {}

  /** A call that failed waits for its client to try again: it is told now or never, to the processors after this one. */
  async shutdown(): Promise<void> {
    runningMetering()?.endOpenCalls()
  }
}

/** SDKs call the path of their own requests a route too: only that of an incoming one is an endpoint of the app's. */
function routeOf(root: SdkSpan | undefined): AttributeValue | undefined {
  return root?.kind === SpanKind.SERVER ? root.attributes[ATTR_HTTP_ROUTE] : undefined
}
