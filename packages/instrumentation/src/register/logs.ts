import { logs } from '@opentelemetry/api'
import {
  JsonLogsSerializer,
  LogsExporterMetricsHelper,
  ProtobufLogsSerializer,
} from '@opentelemetry/otlp-transformer'
import type { Resource } from '@opentelemetry/resources'
import type { LogRecordProcessor, ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { readContentCapture } from '../environment.ts'
import { readExporterNames } from './exporter-names.ts'
import { loadPackage } from './load-package.ts'
import { Otlp } from './otlp.ts'
import type { StartedSignal } from './started-signal.ts'
import { Undelivered } from './undelivered.ts'

const NOTHING: StartedSignal = { takeSerialized: () => [], yield() {} }

/**
 * Sets up logs as `OTEL_LOGS_EXPORTER` and `OTEL_EXPORTER_OTLP_*` say, where message content is to go to events: nothing
 * else here makes log records, and few apps want any.
 */
export function startLogs(resource: Resource): StartedSignal {
  const where = readContentCapture()
  if (where !== 'EVENT_ONLY' && where !== 'SPAN_AND_EVENT') return NOTHING
  const names = readExporterNames('OTEL_LOGS_EXPORTER')
  if (names.length === 0) return NOTHING
  const sdk = loadPackage<typeof import('@opentelemetry/sdk-logs')>('@opentelemetry/sdk-logs')
  const otlp = new Otlp('LOGS', {
    json: JsonLogsSerializer,
    protobuf: ProtobufLogsSerializer,
    metricsHelper: LogsExporterMetricsHelper,
  })
  const undelivered = new Undelivered<ReadableLogRecord>('OTEL_BLRP_MAX_QUEUE_SIZE')
  const processors = names.map((name) => {
    if (name === 'console')
      return new sdk.SimpleLogRecordProcessor({ exporter: new sdk.ConsoleLogRecordExporter() })
    const exporter = undelivered.watch(otlp.createExporter())
    return collect(new sdk.BatchLogRecordProcessor({ exporter }), undelivered)
  })
  logs.setGlobalLoggerProvider(new sdk.LoggerProvider({ resource, processors }))
  return {
    takeSerialized() {
      const records = undelivered.take()
      return records.length === 0 ? [] : otlp.serialize(records)
    },
    yield() {},
  }
}

/** A processor that does what `processor` does, and keeps account. */
function collect(
  processor: LogRecordProcessor,
  undelivered: Undelivered<ReadableLogRecord>,
): LogRecordProcessor {
  return {
    onEmit: (record, context) => {
      undelivered.add(record)
      processor.onEmit(record, context)
    },
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  }
}
