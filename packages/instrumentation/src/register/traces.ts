import { trace } from '@opentelemetry/api'
import {
  JsonTraceSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer'
import type { Resource } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ConsoleSpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanExporter,
  type SpanLimits,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace'
import { BusinessContextSpanProcessor } from '../business/business-context-span-processor.ts'
import { readPositiveNumber } from '../environment-values.ts'
import { readExporterNames } from './exporter-names.ts'
import { isFrozenWhenIdle, oneFlushAtATime, readScheduledDelay } from './frozen-host.ts'
import { Otlp } from './otlp.ts'
import { createSampler } from './sampler.ts'
import type { StartedSignal } from './started-signal.ts'
import { OfferedSpans, SpansOfThreads } from './thread-spans.ts'
import { Undelivered } from './undelivered.ts'
import { warnUndelivered } from './warn-undelivered.ts'
import { YieldingTracerProvider } from './yielding-tracer-provider.ts'

const SAMPLED = 1

/** Sets up traces as `OTEL_TRACES_EXPORTER` and `OTEL_EXPORTER_OTLP_*` say. */
export function startTraces(resource: Resource): StartedSignal {
  const names = readExporterNames('OTEL_TRACES_EXPORTER')
  const otlp = new Otlp('TRACES', {
    json: JsonTraceSerializer,
    protobuf: ProtobufTraceSerializer,
    metricsHelper: TraceExporterMetricsHelper,
  })
  const undelivered = new Undelivered<ReadableSpan>('OTEL_BSP_MAX_QUEUE_SIZE', warnUndelivered)
  const offered = new OfferedSpans()
  let ofThreads: SpansOfThreads | undefined
  const processors = names.map((name) => {
    if (name === 'console') return new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() })
    const exporter = undelivered.watch(offered.watch(otlp.createExporter()))
    const processor = collect(createBatchProcessor(exporter), (span) => {
      undelivered.add(span)
      offered.offer(span)
    })
    ofThreads = new SpansOfThreads((span) => processor.onEnd(span))
    return processor
  })
  let provider: YieldingTracerProvider | undefined
  if (processors.length > 0) {
    const spanProcessors = [new BusinessContextSpanProcessor(), ...processors]
    const spanLimits = readSpanLimits()
    provider = new YieldingTracerProvider({ resource, sampler: createSampler(), spanLimits, spanProcessors })
    trace.setGlobalTracerProvider(provider)
  }
  return {
    takeSerialized() {
      ofThreads?.receiveAll()
      offered.waitUntilClaimed()
      const spans = offered.claim(undelivered.take())
      return spans.length === 0 ? [] : otlp.serialize(spans)
    },
    yield() {
      provider?.yield()
      ofThreads?.close()
    },
  }
}

/** The same processor, which also reports each span that will be exported. */
function collect(processor: SpanProcessor, onFinished: (span: ReadableSpan) => void): SpanProcessor {
  const isFrozen = isFrozenWhenIdle()
  const flush = oneFlushAtATime(processor)
  return {
    onStart: (span, parentContext) => processor.onStart(span, parentContext),
    onEnd: (span) => {
      if ((span.spanContext().traceFlags & SAMPLED) !== 0) onFinished(span)
      processor.onEnd(span)
      // The host may freeze the app right after this span: the batch's timer would be too late.
      if (isFrozen && isLocalRoot(span)) flush()
    },
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  }
}

function isLocalRoot({ parentSpanContext }: ReadableSpan): boolean {
  return parentSpanContext === undefined || parentSpanContext.isRemote === true
}

function createBatchProcessor(exporter: SpanExporter): SpanProcessor {
  return new BatchSpanProcessor({
    exporter,
    ...optional('maxQueueSize', 'OTEL_BSP_MAX_QUEUE_SIZE'),
    ...optional('maxExportBatchSize', 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'),
    ...readScheduledDelay('OTEL_BSP_SCHEDULE_DELAY'),
    ...optional('exportTimeoutMillis', 'OTEL_BSP_EXPORT_TIMEOUT'),
  })
}

function readSpanLimits(): SpanLimits {
  return {
    ...optional('attributeCountLimit', 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'OTEL_ATTRIBUTE_COUNT_LIMIT'),
    ...optional(
      'attributeValueLengthLimit',
      'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
      'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    ),
    ...optional('eventCountLimit', 'OTEL_SPAN_EVENT_COUNT_LIMIT'),
    ...optional('linkCountLimit', 'OTEL_SPAN_LINK_COUNT_LIMIT'),
    ...optional('attributePerEventCountLimit', 'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT'),
    ...optional('attributePerLinkCountLimit', 'OTEL_LINK_ATTRIBUTE_COUNT_LIMIT'),
  }
}

function optional<K extends string>(option: K, ...variables: string[]): { [key in K]?: number } {
  const value = variables.map(readPositiveNumber).find((candidate) => candidate !== undefined)
  return (value === undefined ? {} : { [option]: value }) as { [key in K]?: number }
}
