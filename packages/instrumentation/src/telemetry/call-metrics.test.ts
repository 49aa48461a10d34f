import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { describe, expect, test } from 'vitest'
import type { AttemptEnd } from '../call/attempt.ts'
import type { SemconvVersion } from '../configuration.ts'
import { createCallMetrics, type FinishedCall } from './call-metrics.ts'
import { Labels } from './labels.ts'

const CALL: FinishedCall = {
  labels: new Labels({ 'gen_ai.operation.name': 'chat' }),
  attributes: {},
  operation: 'chat',
  stream: false,
  startedAt: 1000,
  end: { endedAt: 3500, chunkTimes: [] as readonly number[] } as AttemptEnd,
}
const STREAM: FinishedCall = {
  ...CALL,
  stream: true,
  end: { ...CALL.end, chunkTimes: [1500, 1600, 1850] } as AttemptEnd,
}

type Point = readonly [told: string, sum: number, count?: number]

/** By name: what the points are told apart by beside the call's own labels, their sums and, of histograms, how many there are. */
async function measured(version: SemconvVersion, call: FinishedCall): Promise<Record<string, Point[]>> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const provider = new MeterProvider({ readers: [reader] })
  createCallMetrics(provider.getMeter('test'), version)?.record(call)
  await reader.forceFlush()
  const metrics = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
  await provider.shutdown()
  return Object.fromEntries(
    metrics.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ attributes, value }): Point => {
        const { 'gen_ai.operation.name': own, ...told } = attributes
        expect(own).toBe('chat')
        const by = Object.values(told).join()
        if (typeof value === 'number') return [by, value]
        return 'sum' in value
          ? [by, Math.round((value.sum ?? 0) * 1000) / 1000, value.count]
          : [by, Number.NaN]
      }),
    ]),
  )
}

describe.each(['1.41', 'dev'] as const)('metrics of %s', (version) => {
  const [duration, first, perChunk] =
    version === '1.41'
      ? [
          'gen_ai.client.operation.duration',
          'gen_ai.client.operation.time_to_first_chunk',
          'gen_ai.client.operation.time_per_output_chunk',
        ]
      : [
          'gen_ai.client.inference.duration',
          'gen_ai.client.inference.time_to_first_chunk',
          'gen_ai.client.inference.time_per_output_chunk',
        ]

  test('say how many seconds a call took; of one that failed, with what', async () => {
    expect(await measured(version, CALL)).toEqual({ [duration!]: [['', 2.5, 1]] })
    const failed = { ...CALL, attributes: { 'error.type': 'overloaded_error' } }
    expect(await measured(version, failed)).toEqual({ [duration!]: [['overloaded_error', 2.5, 1]] })
  })

  test('say of a stream when its first chunk came, and how long after one another the others did', async () => {
    expect(await measured(version, STREAM)).toEqual({
      [duration!]: [['', 2.5, 1]],
      [first!]: [['', 0.5, 1]],
      [perChunk!]: [['', 0.35, 2]],
    })
  })

  test('of an operation that is no inference say how long it took', async () => {
    const embedded = { ...CALL, operation: 'embeddings', attributes: { 'gen_ai.usage.input_tokens': 5 } }
    const { 'gen_ai.client.operation.duration': took } = await measured(version, embedded)
    expect(took).toEqual([['', 2.5, 1]])
  })

  test('count billable tokens where not all are billed', async () => {
    const attributes = {
      'gen_ai.usage.input_tokens': 1500,
      'gen_ai.usage.output_tokens': 90,
      'spanmeter.usage.billed.input_tokens': 30,
      'spanmeter.usage.billed.output_tokens': 80,
    }
    const { [duration!]: _, ...counted } = await measured(version, { ...CALL, attributes })
    expect(counted).toEqual(
      version === '1.41'
        ? {
            'gen_ai.client.token.usage': [
              ['input', 30, 1],
              ['output', 80, 1],
            ],
          }
        : {
            'gen_ai.client.inference.operation.input_tokens': [['', 30, 1]],
            'gen_ai.client.inference.operation.output_tokens': [['', 80, 1]],
            'gen_ai.client.inference.usage.input_tokens': [['unknown', 30]],
            'gen_ai.client.inference.usage.output_tokens': [['unknown', 80]],
          },
    )
  })
})

test('metrics of dev count tokens by modality, where the provider tells them apart', async () => {
  const attributes = {
    'gen_ai.usage.input_tokens': 100,
    'gen_ai.usage.audio.input_tokens': 30,
    'gen_ai.usage.image.input_tokens': 10,
    'gen_ai.usage.cache_read.input_tokens': 40,
  }
  const counted = await measured('dev', { ...CALL, attributes })
  expect(counted['gen_ai.client.inference.usage.input_tokens']).toEqual([
    ['audio', 30],
    ['image', 10],
    ['text', 60],
  ])
  expect(counted['gen_ai.client.inference.usage.cache_read.input_tokens']).toEqual([['unknown', 40]])
})
