import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { ExportRequest } from './delivery.ts'
import { readPositiveNumber, readString } from './environment-values.ts'
import { readOtlpProtocol } from './otlp-protocol.ts'

const DEFAULT_QUEUE_SIZE = 2048
const SAMPLED = 1

/**
 * The finished spans that no backend has answered for yet: those that wait to be exported, and those on their way. An
 * app that exits now would lose them.
 */
export class UndeliveredSpans {
  readonly #spans = new Set<ReadableSpan>()
  readonly #limit = readPositiveNumber('OTEL_BSP_MAX_QUEUE_SIZE') ?? DEFAULT_QUEUE_SIZE
  #warned = false

  get size(): number {
    return this.#spans.size
  }

  /** A span processor that does what `processor` does, and keeps account. */
  collect(processor: SpanProcessor): SpanProcessor {
    return {
      onStart: (span, parentContext) => processor.onStart(span, parentContext),
      onEnd: (span) => {
        if ((span.spanContext().traceFlags & SAMPLED) !== 0 && this.#spans.size < this.#limit)
          this.#spans.add(span)
        processor.onEnd(span)
      },
      forceFlush: () => processor.forceFlush(),
      shutdown: () => processor.shutdown(),
    }
  }

  /** An exporter that does what `exporter` does, and keeps account. */
  watch(exporter: SpanExporter): SpanExporter {
    return {
      export: (spans, onResult) => {
        exporter.export(spans, (result) => {
          for (const span of spans) this.#spans.delete(span)
          this.#warnOnce(result)
          onResult(result)
        })
      },
      forceFlush: async () => exporter.forceFlush?.(),
      shutdown: () => exporter.shutdown(),
    }
  }

  /** Hands over all that is left; it is then somebody else's to deliver. */
  takeSerialized(): ExportRequest[] {
    const spans = [...this.#spans]
    this.#spans.clear()
    const protocol = readOtlpProtocol('TRACES')
    const serializer = protocol === 'http/json' ? JsonTraceSerializer : ProtobufTraceSerializer
    const body = spans.length === 0 ? undefined : serializer.serializeRequest(spans)
    return body === undefined ? [] : [{ signal: 'TRACES', protocol, body }]
  }

  #warnOnce({ code, error }: ExportResult): void {
    if (code === ExportResultCode.SUCCESS || this.#warned) return
    this.#warned = true
    warnUndelivered(error?.message ?? 'no reason given')
  }
}

/** One line, once a process: the app goes on as if nothing were. */
export function warnUndelivered(reason: string): void {
  const endpoint =
    readString('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? readString('OTEL_EXPORTER_OTLP_ENDPOINT')
  process.stderr.write(
    `@spanmeter/instrumentation: spans could not be delivered to ${endpoint ?? 'http://localhost:4318'} (${reason}). ` +
      'The app is not affected. Is the processor running? OTEL_EXPORTER_OTLP_ENDPOINT says where it is expected.\n',
  )
}
