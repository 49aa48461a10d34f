type HrTime = readonly [seconds: number, nanoseconds: number]

interface SpanIds {
  readonly traceId: string
  readonly spanId: string
}

/** The part of a span of the OpenTelemetry SDK for Node, version 2 and 3, that we read, so that no SDK package is needed. */
export interface SdkSpan {
  readonly name: string
  spanContext(): SpanIds
  readonly parentSpanContext?: SpanIds | undefined
  readonly startTime: HrTime
  readonly endTime: HrTime
  readonly status: { readonly code: number }
  readonly attributes: Readonly<Record<string, unknown>>
  readonly events: readonly {
    readonly name: string
    readonly attributes?: Readonly<Record<string, unknown>>
  }[]
  readonly resource: { readonly attributes: Readonly<Record<string, unknown>> }
  readonly instrumentationScope: { readonly name: string }
}
