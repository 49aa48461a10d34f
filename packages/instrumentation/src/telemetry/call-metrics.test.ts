import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { createCallMetrics } from './call-metrics.ts'
import { Labels } from './labels.ts'

test.each([
  ['1.41', { 'gen_ai.client.token.usage': [30, 80] }],
  [
    'dev',
    {
      'gen_ai.client.inference.operation.input_tokens': [30],
      'gen_ai.client.inference.operation.output_tokens': [80],
      'gen_ai.client.inference.usage.input_tokens': [30],
      'gen_ai.client.inference.usage.output_tokens': [80],
    },
  ],
] as const)('metrics of %s count billable tokens where not all are billed', async (version, expected) => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const provider = new MeterProvider({ readers: [reader] })
  createCallMetrics(provider.getMeter('test'), version)?.record({
    labels: new Labels({}),
    attributes: {
      'gen_ai.usage.input_tokens': 1500,
      'gen_ai.usage.output_tokens': 90,
      'spanmeter.usage.billed.input_tokens': 30,
      'spanmeter.usage.billed.output_tokens': 80,
    },
    operation: 'chat',
    stream: false,
    startedAt: 0,
    end: undefined,
  })
  await reader.forceFlush()
  const metrics = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    .filter(({ descriptor }) => descriptor.unit === '{token}')
  await provider.shutdown()
  const counted = metrics.map(({ descriptor, dataPoints }) => [
    descriptor.name,
    dataPoints.map(({ value }) => (typeof value === 'number' ? value : 'sum' in value && value.sum)),
  ])
  expect(Object.fromEntries(counted)).toEqual(expected)
})
