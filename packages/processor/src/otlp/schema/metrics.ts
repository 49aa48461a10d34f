import { keyValue, resource, scope } from './common.ts'
import { MessageType } from './types.ts'

// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto

const temporalities = [
  'AGGREGATION_TEMPORALITY_UNSPECIFIED',
  'AGGREGATION_TEMPORALITY_DELTA',
  'AGGREGATION_TEMPORALITY_CUMULATIVE',
]

const exemplar = new MessageType()
  .repeated(7, 'filteredAttributes', keyValue)
  .field(2, 'timeUnixNano', 'fixed64')
  .oneof(3, 'asDouble', 'double')
  .oneof(6, 'asInt', 'sfixed64')
  .field(4, 'spanId', 'id')
  .field(5, 'traceId', 'id')

const numberDataPoint = new MessageType()
  .repeated(7, 'attributes', keyValue)
  .field(2, 'startTimeUnixNano', 'fixed64')
  .field(3, 'timeUnixNano', 'fixed64')
  .oneof(4, 'asDouble', 'double')
  .oneof(6, 'asInt', 'sfixed64')
  .repeated(5, 'exemplars', exemplar)
  .field(8, 'flags', 'uint32')

const histogramDataPoint = new MessageType()
  .repeated(9, 'attributes', keyValue)
  .field(2, 'startTimeUnixNano', 'fixed64')
  .field(3, 'timeUnixNano', 'fixed64')
  .field(4, 'count', 'fixed64')
  .explicit(5, 'sum', 'double')
  .repeated(6, 'bucketCounts', 'fixed64')
  .repeated(7, 'explicitBounds', 'double')
  .repeated(8, 'exemplars', exemplar)
  .field(10, 'flags', 'uint32')
  .explicit(11, 'min', 'double')
  .explicit(12, 'max', 'double')

const buckets = new MessageType().field(1, 'offset', 'sint32').repeated(2, 'bucketCounts', 'uint64')

const exponentialHistogramDataPoint = new MessageType()
  .repeated(1, 'attributes', keyValue)
  .field(2, 'startTimeUnixNano', 'fixed64')
  .field(3, 'timeUnixNano', 'fixed64')
  .field(4, 'count', 'fixed64')
  .explicit(5, 'sum', 'double')
  .field(6, 'scale', 'sint32')
  .field(7, 'zeroCount', 'fixed64')
  .field(8, 'positive', buckets)
  .field(9, 'negative', buckets)
  .field(10, 'flags', 'uint32')
  .repeated(11, 'exemplars', exemplar)
  .explicit(12, 'min', 'double')
  .explicit(13, 'max', 'double')
  .field(14, 'zeroThreshold', 'double')

const summaryDataPoint = new MessageType()
  .repeated(7, 'attributes', keyValue)
  .field(2, 'startTimeUnixNano', 'fixed64')
  .field(3, 'timeUnixNano', 'fixed64')
  .field(4, 'count', 'fixed64')
  .field(5, 'sum', 'double')
  .repeated(6, 'quantileValues', new MessageType().field(1, 'quantile', 'double').field(2, 'value', 'double'))
  .field(8, 'flags', 'uint32')

const metric = new MessageType()
  .field(1, 'name', 'string')
  .field(2, 'description', 'string')
  .field(3, 'unit', 'string')
  .oneof(5, 'gauge', new MessageType().repeated(1, 'dataPoints', numberDataPoint))
  .oneof(
    7,
    'sum',
    new MessageType()
      .repeated(1, 'dataPoints', numberDataPoint)
      .enumeration(2, 'aggregationTemporality', temporalities)
      .field(3, 'isMonotonic', 'bool'),
  )
  .oneof(
    9,
    'histogram',
    new MessageType()
      .repeated(1, 'dataPoints', histogramDataPoint)
      .enumeration(2, 'aggregationTemporality', temporalities),
  )
  .oneof(
    10,
    'exponentialHistogram',
    new MessageType()
      .repeated(1, 'dataPoints', exponentialHistogramDataPoint)
      .enumeration(2, 'aggregationTemporality', temporalities),
  )
  .oneof(11, 'summary', new MessageType().repeated(1, 'dataPoints', summaryDataPoint))
  .repeated(12, 'metadata', keyValue)

const scopeMetrics = new MessageType()
  .field(1, 'scope', scope)
  .repeated(2, 'metrics', metric)
  .field(3, 'schemaUrl', 'string')

const resourceMetrics = new MessageType()
  .field(1, 'resource', resource)
  .repeated(2, 'scopeMetrics', scopeMetrics)
  .field(3, 'schemaUrl', 'string')

export const metricsRequest: MessageType = new MessageType().repeated(1, 'resourceMetrics', resourceMetrics)
