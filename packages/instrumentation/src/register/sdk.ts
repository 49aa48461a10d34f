import { type ContextManager, context, DiagConsoleLogger, diag, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { diagLogLevelFromString } from '@opentelemetry/core'
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  osDetector,
  processDetector,
  type Resource,
  type ResourceDetector,
} from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  SimpleSpanProcessor,
  type SpanLimits,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace'
import { BusinessContextSpanProcessor } from '../business/business-context-span-processor.ts'
import { readList, readPositiveNumber, readString } from './environment-values.ts'
import { type StartedLogs, startLogs } from './logs.ts'
import { type StartedMetrics, startMetrics } from './metrics.ts'
import { createPropagator } from './propagators.ts'
import { createSampler } from './sampler.ts'
import { serviceInstanceIdDetector } from './service-instance-id.ts'
import { createTraceExporters, type TraceExporter } from './trace-exporters.ts'
import { UndeliveredSpans } from './undelivered-spans.ts'
import { YieldingTracerProvider } from './yielding-tracer-provider.ts'

export interface StartedSdk {
  /** What has been exported over the network and not yet been answered for, and what waits to be. */
  readonly undelivered: UndeliveredSpans
  readonly metrics: StartedMetrics
  readonly logs: StartedLogs
  /** The app has its own `trace` or `metrics`: whatever got hold of ours is to report to that. */
  yield(name: string): void
}

/**
 * Sets up OpenTelemetry by the standard `OTEL_*` variables, as `@opentelemetry/sdk-node` does, from the few parts that
 * are wanted: that package loads a thousand modules and takes 50 MB for exporters that hardly any app uses.
 */
export function startSdk(): StartedSdk {
  const logLevel = readString('OTEL_LOG_LEVEL')
  if (logLevel !== undefined) diag.setLogger(new DiagConsoleLogger(), diagLogLevelFromString(logLevel))
  const contextManager: ContextManager = new AsyncLocalStorageContextManager().enable()
  context.setGlobalContextManager(contextManager)
  const propagator = createPropagator()
  if (propagator !== undefined) propagation.setGlobalPropagator(propagator)
  const resource = detectResource()
  const metrics = startMetrics(resource)
  const logs = startLogs(resource)
  const undelivered = new UndeliveredSpans()
  const exporters = createTraceExporters()
  let provider: YieldingTracerProvider | undefined
  if (exporters.length > 0) {
    const spanProcessors = [
      new BusinessContextSpanProcessor(),
      ...exporters.map((exporter) => createSpanProcessor(exporter, undelivered)),
    ]
    const spanLimits = readSpanLimits()
    provider = new YieldingTracerProvider({ resource, sampler: createSampler(), spanLimits, spanProcessors })
    trace.setGlobalTracerProvider(provider)
  }
  return {
    undelivered,
    metrics,
    logs,
    yield(name) {
      if (name === 'trace') provider?.yield()
      if (name === 'metrics') metrics.stop()
    },
  }
}

function createSpanProcessor(
  { exporter, remote }: TraceExporter,
  undelivered: UndeliveredSpans,
): SpanProcessor {
  if (!remote) return new SimpleSpanProcessor({ exporter })
  const batch = new BatchSpanProcessor({
    exporter: undelivered.watch(exporter),
    ...optional('maxQueueSize', 'OTEL_BSP_MAX_QUEUE_SIZE'),
    ...optional('maxExportBatchSize', 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'),
    ...optional('scheduledDelayMillis', 'OTEL_BSP_SCHEDULE_DELAY'),
    ...optional('exportTimeoutMillis', 'OTEL_BSP_EXPORT_TIMEOUT'),
  })
  return undelivered.collect(batch)
}

const DETECTORS: Readonly<Record<string, ResourceDetector>> = {
  env: envDetector,
  host: hostDetector,
  os: osDetector,
  process: processDetector,
  serviceinstance: serviceInstanceIdDetector,
}

function detectResource(): Resource {
  const names = readList('OTEL_NODE_RESOURCE_DETECTORS') ?? ['all']
  if (names.includes('none')) return defaultResource()
  const detectors = names.includes('all')
    ? [serviceInstanceIdDetector, processDetector, hostDetector, osDetector, envDetector]
    : names.flatMap((name) => DETECTORS[name] ?? [])
  return defaultResource().merge(detectResources({ detectors }))
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
