import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { ExportRequest } from './delivery.ts'
import { readString } from './environment-values.ts'
import { readOtlpProtocol } from './otlp-protocol.ts'
import { Undelivered } from './undelivered.ts'

const SAMPLED = 1

/** The finished spans that no backend has answered for yet. */
export class UndeliveredSpans {
  readonly #spans = new Undelivered<ReadableSpan>('OTEL_BSP_MAX_QUEUE_SIZE', warnUndelivered)

  /** A span processor that does what `processor` does, and keeps account. */
  collect(processor: SpanProcessor): SpanProcessor {
    return {
      onStart: (span, parentContext) => processor.onStart(span, parentContext),
      onEnd: (span) => {
        if ((span.spanContext().traceFlags & SAMPLED) !== 0) this.#spans.add(span)
        processor.onEnd(span)
      },
      forceFlush: () => processor.forceFlush(),
      shutdown: () => processor.shutdown(),
    }
  }

  /** An exporter that does what `exporter` does, and keeps account. */
  watch(exporter: SpanExporter): SpanExporter {
    return this.#spans.watch(exporter)
  }

  /** Hands over all that is left; it is then somebody else's to deliver. */
  takeSerialized(): ExportRequest[] {
    const spans = this.#spans.take()
    const protocol = readOtlpProtocol('TRACES')
    const serializer = protocol === 'http/json' ? JsonTraceSerializer : ProtobufTraceSerializer
    const body = spans.length === 0 ? undefined : serializer.serializeRequest(spans)
    return body === undefined ? [] : [{ signal: 'TRACES', protocol, body }]
  }
}

let warned = false

/** One line, once a process: the app goes on as if nothing were. */
export function warnUndelivered(reason: string): void {
  if (warned) return
  warned = true
  const endpoint =
    readString('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? readString('OTEL_EXPORTER_OTLP_ENDPOINT')
  process.stderr.write(
    `@spanmeter/instrumentation: spans could not be delivered to ${endpoint ?? 'http://localhost:4318'} (${reason}). ` +
      'The app is not affected. Is the processor running? OTEL_EXPORTER_OTLP_ENDPOINT says where it is expected.\n',
  )
}
