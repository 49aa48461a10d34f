import { createRequire } from 'node:module'
import { diag, logs } from '@opentelemetry/api'
import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base'
import {
  JsonLogsSerializer,
  LogsExporterMetricsHelper,
  ProtobufLogsSerializer,
} from '@opentelemetry/otlp-transformer'
import type { Resource } from '@opentelemetry/resources'
import type { LogRecordExporter, LogRecordProcessor, ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { optionsFromEnvironment } from '../environment.ts'
import type { ExportRequest } from './delivery.ts'
import { readList } from './environment-values.ts'
import { createOtlpHttpDelegate } from './otlp-exporter.ts'
import { readOtlpProtocol } from './otlp-protocol.ts'
import { createOtlpGrpcDelegate } from './send-otlp.ts'
import { Undelivered } from './undelivered.ts'

export interface StartedLogs {
  /** Log records that nobody has acknowledged yet; they are then somebody else's to deliver. */
  takeSerialized(): ExportRequest[]
}

const NOTHING: StartedLogs = { takeSerialized: () => [] }

/**
 * Sets up logs as `OTEL_LOGS_EXPORTER` and `OTEL_EXPORTER_OTLP_*` say, where message content is to go to events: nothing
 * else here makes log records, and few apps want any.
 */
export function startLogs(resource: Resource): StartedLogs {
  const { captureMessageContent: where } = optionsFromEnvironment(process.env)
  if (where !== 'EVENT_ONLY' && where !== 'SPAN_AND_EVENT') return NOTHING
  const names = readList('OTEL_LOGS_EXPORTER') ?? ['otlp']
  if (names.includes('none')) return NOTHING
  // What few apps use isn't loaded by the others.
  const sdk = createRequire(import.meta.url)(
    '@opentelemetry/sdk-logs',
  ) as typeof import('@opentelemetry/sdk-logs')
  const undelivered = new Undelivered<ReadableLogRecord>('OTEL_BLRP_MAX_QUEUE_SIZE')
  const processors: LogRecordProcessor[] = []
  for (const name of names) {
    if (name === 'console')
      processors.push(new sdk.SimpleLogRecordProcessor({ exporter: new sdk.ConsoleLogRecordExporter() }))
    else if (name === 'otlp') {
      const exporter = undelivered.watch(createOtlpExporter())
      processors.push(collect(new sdk.BatchLogRecordProcessor({ exporter }), undelivered))
    } else diag.warn(`OTEL_LOGS_EXPORTER=${name} is none of otlp, console, none: ignored`)
  }
  logs.setGlobalLoggerProvider(new sdk.LoggerProvider({ resource, processors }))
  return { takeSerialized: () => serialize(undelivered.take()) }
}

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

function createOtlpExporter(): LogRecordExporter {
  const protocol = readOtlpProtocol('LOGS')
  const delegate =
    protocol === 'grpc'
      ? createOtlpGrpcDelegate('LOGS', ProtobufLogsSerializer, LogsExporterMetricsHelper)
      : createOtlpHttpDelegate('LOGS', protocol, serializerOf(protocol), LogsExporterMetricsHelper)
  return new OTLPExporterBase(delegate)
}

function serialize(records: ReadableLogRecord[]): ExportRequest[] {
  const protocol = readOtlpProtocol('LOGS')
  const body = records.length === 0 ? undefined : serializerOf(protocol).serializeRequest(records)
  return body === undefined ? [] : [{ signal: 'LOGS', protocol, body }]
}

function serializerOf(protocol: string): typeof JsonLogsSerializer {
  return protocol === 'http/json' ? JsonLogsSerializer : ProtobufLogsSerializer
}
