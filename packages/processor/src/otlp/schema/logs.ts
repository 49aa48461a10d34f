import { anyValue, keyValue, resource, scope } from './common.ts'
import { MessageType } from './types.ts'

// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto

const severities = [
  'SEVERITY_NUMBER_UNSPECIFIED',
  ...['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap((level) =>
    ['', '2', '3', '4'].map((step) => `SEVERITY_NUMBER_${level}${step}`),
  ),
]

const logRecord = new MessageType()
  .field(1, 'timeUnixNano', 'fixed64')
  .field(11, 'observedTimeUnixNano', 'fixed64')
  .enumeration(2, 'severityNumber', severities)
  .field(3, 'severityText', 'string')
  .field(5, 'body', anyValue)
  .repeated(6, 'attributes', keyValue)
  .field(7, 'droppedAttributesCount', 'uint32')
  .field(8, 'flags', 'fixed32')
  .field(9, 'traceId', 'id')
  .field(10, 'spanId', 'id')
  .field(12, 'eventName', 'string')

const scopeLogs = new MessageType()
  .field(1, 'scope', scope)
  .repeated(2, 'logRecords', logRecord)
  .field(3, 'schemaUrl', 'string')

const resourceLogs = new MessageType()
  .field(1, 'resource', resource)
  .repeated(2, 'scopeLogs', scopeLogs)
  .field(3, 'schemaUrl', 'string')

export const logsRequest: MessageType = new MessageType().repeated(1, 'resourceLogs', resourceLogs)
