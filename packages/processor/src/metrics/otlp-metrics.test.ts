import type { LedgerSpan } from '@spanmeter/ledger'
import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { meteredCall } from '../../test/support/metered-call.ts'
import { createCostMetrics } from './cost-metrics.ts'

// What is read here of opentelemetry/proto/metrics/v1/metrics.proto.
const { root } = protobuf.parse(
  `syntax = "proto3";
  message Request { repeated ResourceMetrics resource_metrics = 1; }
  message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeMetrics { repeated Metric metrics = 2; }
  message Metric { string name = 1; string unit = 3; Gauge gauge = 5; Sum sum = 7; ExponentialHistogram exponential_histogram = 10; }
  message Gauge { repeated NumberDataPoint data_points = 1; }
  message Sum { repeated NumberDataPoint data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3; }
  message ExponentialHistogram { repeated ExponentialHistogramDataPoint data_points = 1; int32 aggregation_temporality = 2; }
  message NumberDataPoint { fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; double as_double = 4; repeated Exemplar exemplars = 5; repeated KeyValue attributes = 7; }
  message ExponentialHistogramDataPoint { repeated KeyValue attributes = 1; fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; fixed64 count = 4; double sum = 5; sint32 scale = 6; fixed64 zero_count = 7; Buckets positive = 8; repeated Exemplar exemplars = 11; double min = 12; double max = 13; }
  message Buckets { sint32 offset = 1; repeated uint64 bucket_counts = 2; }
  message Exemplar { fixed64 time_unix_nano = 2; double as_double = 3; bytes span_id = 4; bytes trace_id = 5; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { string string_value = 1; }`,
  { keepCase: false },
)

interface Metric {
  name: string
  unit: string
  sum?: { dataPoints: unknown[]; aggregationTemporality: number; isMonotonic: boolean }
  exponentialHistogram?: { dataPoints: unknown[]; aggregationTemporality: number }
}

function decode(bytes: Uint8Array): { resource: unknown; metrics: Metric[] } {
  const Request = root.lookupType('Request')
  const decoded = Request.toObject(Request.decode(bytes), { longs: String, bytes: Buffer as never })
  const [resourceMetrics] = decoded.resourceMetrics
  return { resource: resourceMetrics.resource, metrics: resourceMetrics.scopeMetrics[0].metrics }
}

const startedAt = Date.UTC(2026, 10, 2, 9)
const call: LedgerSpan = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  name: 'chat gpt-4.1',
  startUnixNano: BigInt(startedAt) * 1_000_000n,
  endUnixNano: BigInt(startedAt + 2000) * 1_000_000n,
  status: 'unset',
  role: 'own',
  provider: 'openai',
  responseModel: 'gpt-4.1',
  usage: {},
  cost: { amount: '0.5', components: { output: '0.5' }, source: 'list', price: 'openai/gpt-4.1@2025-04-14' },
  business: { feature: 'faq-bot' },
}

const keyValue = (key: string, stringValue: string) => ({ key, value: { stringValue } })

describe('CostMetrics.otlp', async () => {
  const metrics = createCostMetrics({ now: () => startedAt, resource: { 'service.name': 'spanmeter' } })
  metrics.record([meteredCall(call)])
  await metrics.otlp()
  const { resource, metrics: decoded } = decode(await metrics.otlp())
  const time = `${startedAt}000000`
  const exemplar = {
    timeUnixNano: `${startedAt + 2000}000000`,
    asDouble: 0.5,
    spanId: Buffer.from(call.spanId, 'hex'),
    traceId: Buffer.from(call.traceId, 'hex'),
  }
  const labels = [
    keyValue('feature', 'faq-bot'),
    keyValue('team', 'untagged'),
    keyValue('environment', 'unknown'),
    keyValue('tenant', 'untagged'),
    keyValue('provider', 'openai'),
    keyValue('model', 'gpt-4.1'),
  ]

  it('names the resource', () => {
    expect(resource).toEqual({ attributes: [keyValue('service.name', 'spanmeter')] })
  })

  it('gives counters as cumulative monotonic sums with an exemplar', () => {
    const cost = decoded.find(({ name }) => name === 'spanmeter.cost')
    expect(cost).toEqual({
      name: 'spanmeter.cost',
      unit: 'USD',
      sum: {
        aggregationTemporality: 2,
        isMonotonic: true,
        dataPoints: [
          {
            startTimeUnixNano: time,
            timeUnixNano: time,
            asDouble: 0.5,
            exemplars: [exemplar],
            attributes: [...labels, keyValue('cost_type', 'output')],
          },
        ],
      },
    })
  })

  it('gives what may fall as a sum that is not monotonic', async () => {
    const falling = createCostMetrics({ now: () => startedAt })
    falling.record([meteredCall({ ...call, cost: { ...call.cost!, cacheSavings: '-0.25' } })])
    await falling.otlp()
    const savings = decode(await falling.otlp()).metrics.find(
      ({ name }) => name === 'spanmeter.cache.savings',
    )
    expect(savings?.sum).toEqual({
      aggregationTemporality: 2,
      dataPoints: [expect.objectContaining({ asDouble: -0.25 })],
    })
  })

  it('begin, shown as zero and after, at the same moment', async () => {
    let now = startedAt
    const later = createCostMetrics({ now: () => now })
    later.record([meteredCall(call)])
    for (const _ of ['as zero', 'as they are']) {
      now += 60_000
      const [first] = decode(await later.otlp()).metrics
      const point = first?.sum?.dataPoints?.[0]
      expect(point).toMatchObject({ startTimeUnixNano: time, timeUnixNano: `${now}000000` })
    }
  })

  it('are given also where a call ended at the end of time', async () => {
    const late = createCostMetrics({ now: () => startedAt })
    late.record([meteredCall({ ...call, endUnixNano: 2n ** 64n - 1n })])
    await late.otlp()
    expect(decode(await late.otlp()).metrics.map(({ name }) => name)).toContain('spanmeter.cost')
  })

  it('gives the cost of a call as an exponential histogram', () => {
    const histogram = decoded.find(({ name }) => name === 'spanmeter.call.cost')
    expect(histogram?.exponentialHistogram).toEqual({
      aggregationTemporality: 2,
      dataPoints: [
        {
          attributes: labels.filter(({ key }) => key !== 'tenant'),
          startTimeUnixNano: time,
          timeUnixNano: time,
          count: '1',
          sum: 0.5,
          scale: 3,
          // 0.5 is the upper bound of bucket -9: (2^(-9/8), 2^(-8/8)].
          positive: { offset: -9, bucketCounts: ['1'] },
          exemplars: [exemplar],
          min: 0.5,
          max: 0.5,
        },
      ],
    })
  })
})
