import type { MetricDefinition } from './instruments.ts'
import {
  doubleField,
  fixed64Field,
  hexField,
  messageField,
  packedVarintsField,
  sint32Field,
  stringField,
  varintField,
} from './protobuf-fields.ts'
import type { MetricsReading } from './reading.ts'
import type { Exemplar, HistogramSeries, Labels, NumberSeries } from './series.ts'

const scopeName = 'spanmeter'
/** Prometheus drops delta sums: https://prometheus.io/docs/guides/opentelemetry/ */
const cumulative = 2

/**
 * An ExportMetricsServiceRequest; field numbers from
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto
 */
export function encodeOtlpMetrics(
  reading: MetricsReading,
  resource: Labels,
  timeUnixNano: bigint,
): Uint8Array {
  const metrics = [
    ...reading.numbers.map(({ definition, series }) =>
      metric(
        definition,
        messageField(
          7, // sum
          ...series.map((one) => messageField(1, numberPoint(one, timeUnixNano))),
          varintField(2, cumulative),
          varintField(3, definition.kind === 'counter' ? 1 : 0), // is_monotonic
        ),
      ),
    ),
    ...reading.histograms.map(({ definition, series }) =>
      metric(
        definition,
        messageField(
          10, // exponential_histogram
          ...series.map((one) => messageField(1, histogramPoint(one, timeUnixNano))),
          varintField(2, cumulative),
        ),
      ),
    ),
    ...reading.gauges.map(({ definition, points }) =>
      metric(
        definition,
        messageField(
          5, // gauge
          ...points.map(({ labels, value }) =>
            messageField(1, fixed64Field(3, timeUnixNano), doubleField(4, value), ...attributes(7, labels)),
          ),
        ),
      ),
    ),
  ]
  const scopeMetrics = messageField(2, messageField(1, stringField(1, scopeName)), ...metrics)
  return messageField(1, messageField(1, ...attributes(1, resource)), scopeMetrics)
}

function metric(definition: MetricDefinition, data: Buffer): Buffer {
  return messageField(
    2,
    stringField(1, definition.name),
    stringField(2, definition.description),
    stringField(3, definition.unit),
    data,
  )
}

function numberPoint(series: NumberSeries, timeUnixNano: bigint): Buffer {
  return Buffer.concat([
    fixed64Field(2, series.startUnixNano),
    fixed64Field(3, timeUnixNano),
    doubleField(4, series.value),
    ...(series.exemplar === undefined ? [] : [exemplarField(5, series.exemplar)]),
    ...attributes(7, series.labels),
  ])
}

function histogramPoint(series: HistogramSeries, timeUnixNano: bigint): Buffer {
  const { exponential, count } = series
  const { offset, counts } = exponential.buckets()
  return Buffer.concat([
    ...attributes(1, series.labels),
    fixed64Field(2, series.startUnixNano),
    fixed64Field(3, timeUnixNano),
    fixed64Field(4, BigInt(count)),
    doubleField(5, series.sumOfValues),
    sint32Field(6, exponential.scale),
    fixed64Field(7, BigInt(exponential.zeroCount)),
    messageField(8, sint32Field(1, offset), packedVarintsField(2, counts)),
    ...series.exemplars.filter((one) => one !== undefined).map((one) => exemplarField(11, one)),
    ...(count === 0 ? [] : [doubleField(12, exponential.min), doubleField(13, exponential.max)]),
  ])
}

function exemplarField(field: number, exemplar: Exemplar): Buffer {
  return messageField(
    field,
    fixed64Field(2, exemplar.unixNano),
    doubleField(3, exemplar.value),
    hexField(4, exemplar.spanId),
    hexField(5, exemplar.traceId),
  )
}

function attributes(field: number, labels: Labels): Buffer[] {
  return Object.entries(labels).map(([key, value]) =>
    messageField(field, stringField(1, key), messageField(2, stringField(1, value))),
  )
}
