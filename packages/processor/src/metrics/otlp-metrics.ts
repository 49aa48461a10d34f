import {
  doubleField,
  fixed64Field,
  hexField,
  messageField,
  packedVarintsField,
  sint32Field,
  stringField,
  varintField,
} from '../protocol/protobuf-fields.ts'
import type { MetricDefinition } from './metric-definitions.ts'
import type { MetricsReading } from './reading.ts'
import type { Exemplar, HistogramSeries, Labels, NumberSeries } from './series.ts'
import { Turns } from './turns.ts'

const scopeName = 'spanmeter'
/** Prometheus drops delta sums: https://prometheus.io/docs/guides/opentelemetry/ */
const cumulative = 2

/**
 * An ExportMetricsServiceRequest; field numbers from
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto
 */
export async function encodeOtlpMetrics(
  reading: MetricsReading,
  resource: Labels,
  timeUnixNano: bigint,
): Promise<Uint8Array> {
  const turns = new Turns()
  const numberAttributes = attributeEncoder(7)
  const histogramAttributes = attributeEncoder(1)
  const metrics: Buffer[] = []
  for (const { definition, series } of reading.numbers) {
    const points: Buffer[] = []
    for (const one of series) {
      points.push(messageField(1, ...numberPoint(one, timeUnixNano), ...numberAttributes(one.labels)))
      if (turns.isOver) await turns.give()
    }
    const isMonotonic = varintField(3, definition.kind === 'counter' ? 1 : 0)
    const sum = messageField(7, ...points, varintField(2, cumulative), isMonotonic)
    metrics.push(metric(definition, sum))
  }
  for (const { definition, series } of reading.histograms) {
    const points: Buffer[] = []
    for (const one of series) {
      points.push(messageField(1, ...histogramPoint(one, timeUnixNano), ...histogramAttributes(one.labels)))
      if (turns.isOver) await turns.give()
    }
    const exponentialHistogram = messageField(10, ...points, varintField(2, cumulative))
    metrics.push(metric(definition, exponentialHistogram))
  }
  for (const { definition, points } of reading.gauges) {
    const gauge = points.map(({ labels, value }) =>
      messageField(1, fixed64Field(3, timeUnixNano), doubleField(4, value), ...numberAttributes(labels)),
    )
    metrics.push(metric(definition, messageField(5, ...gauge)))
  }
  const scopeMetrics = messageField(2, messageField(1, stringField(1, scopeName)), ...metrics)
  return messageField(1, messageField(1, ...attributeEncoder(1)(resource)), scopeMetrics)
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

function numberPoint({ startUnixNano, value, exemplar }: NumberSeries, timeUnixNano: bigint): Buffer[] {
  return [
    fixed64Field(2, startUnixNano),
    fixed64Field(3, timeUnixNano),
    doubleField(4, value),
    ...(exemplar === undefined ? [] : [exemplarField(5, exemplar)]),
  ]
}

function histogramPoint(series: HistogramSeries, timeUnixNano: bigint): Buffer[] {
  const { exponential, count } = series
  const { offset, counts } = exponential.buckets()
  return [
    fixed64Field(2, series.startUnixNano),
    fixed64Field(3, timeUnixNano),
    fixed64Field(4, BigInt(count)),
    doubleField(5, series.sumOfValues),
    sint32Field(6, exponential.scale),
    fixed64Field(7, BigInt(exponential.zeroCount)),
    messageField(8, sint32Field(1, offset), packedVarintsField(2, counts)),
    ...series.exemplars.filter((one) => one !== undefined).map((one) => exemplarField(11, one)),
    ...(count === 0 ? [] : [doubleField(12, exponential.min), doubleField(13, exponential.max)]),
  ]
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

/** Encodes labels as attributes. Thousands of series share a few hundred of them, so each is encoded once. */
function attributeEncoder(field: number): (labels: Labels) => Buffer[] {
  const known = new Map<string, Map<string, Buffer>>()
  const encode = (key: string, value: string): Buffer =>
    messageField(field, stringField(1, key), messageField(2, stringField(1, value)))
  return (labels) =>
    Object.entries(labels).map(([key, value]) => {
      const ofKey = known.get(key) ?? new Map<string, Buffer>()
      known.set(key, ofKey)
      const attribute = ofKey.get(value) ?? encode(key, value)
      ofKey.set(value, attribute)
      return attribute
    })
}
