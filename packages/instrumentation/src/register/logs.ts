import { logs } from '@opentelemetry/api'
import {
  JsonLogsSerializer,
  LogsExporterMetricsHelper,
  ProtobufLogsSerializer,
} from '@opentelemetry/otlp-transformer'
import type { Resource } from '@opentelemetry/resources'
import {
  BatchLogRecordProcessor,
  ConsoleLogRecordExporter,
  LoggerProvider,
  type LogRecordProcessor,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs'
import { readContentCapture } from '../environment.ts'
import { readExporterNames } from './exporter-names.ts'
import { readScheduledDelay } from './frozen-host.ts'
import { Otlp } from './otlp.ts'
import type { StartedSignal } from './started-signal.ts'
import { Undelivered } from './undelivered.ts'

const NOTHING: StartedSignal = { takeSerialized: () => [], yield() {} }

/**
 * Sets up logs as `OTEL_LOGS_EXPORTER` and `OTEL_EXPORTER_OTLP_*` say, but only if message content is to go to events:
 * nothing else here makes log records.
 */
export function startLogs(resource: Resource): StartedSignal {
  const where = readContentCapture()
  if (where !== 'EVENT_ONLY' && where !== 'SPAN_AND_EVENT') return NOTHING
  const names = readExporterNames('OTEL_LOGS_EXPORTER')
  if (names.length === 0) return NOTHING
  const otlp = new Otlp('LOGS', {
    json: JsonLogsSerializer,
    protobuf: ProtobufLogsSerializer,
    metricsHelper: LogsExporterMetricsHelper,
  })
  const undelivered = new Undelivered<ReadableLogRecord>('OTEL_BLRP_MAX_QUEUE_SIZE')
  const processors = names.map((name) => {
    if (name === 'console') return new SimpleLogRecordProcessor({ exporter: new ConsoleLogRecordExporter() })
    const exporter = undelivered.watch(otlp.createExporter())
    return collect(
      new BatchLogRecordProcessor({ exporter, ...readScheduledDelay('OTEL_BLRP_SCHEDULE_DELAY') }),
      undelivered,
    )
  })
  logs.setGlobalLoggerProvider(new LoggerProvider({ resource, processors }))
  return {
    takeSerialized() {
      const records = undelivered.take()
      return records.length === 0 ? [] : otlp.serialize(records)
    },
    yield() {},
  }
}

/** The same processor, which also notes each record as undelivered. */
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
