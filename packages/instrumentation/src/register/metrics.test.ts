import { metrics } from '@opentelemetry/api'
import { emptyResource } from '@opentelemetry/resources'
import { afterEach, expect, test, vi } from 'vitest'
import { readMetrics } from '../../test/support/trace-sink.ts'
import { startMetrics } from './metrics.ts'

const DELTA = 1
const CUMULATIVE = 2

afterEach(() => {
  metrics.disable()
  vi.unstubAllEnvs()
})

test.each([
  ['', { counter: CUMULATIVE, upDownCounter: CUMULATIVE, histogram: CUMULATIVE }],
  ['delta', { counter: DELTA, upDownCounter: CUMULATIVE, histogram: DELTA }],
  ['lowmemory', { counter: DELTA, upDownCounter: CUMULATIVE, histogram: DELTA }],
])('OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=%s', (preference, expected) => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', preference)
  vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json')
  const started = startMetrics(emptyResource())
  const meter = metrics.getMeter('test')
  meter.createCounter('counter').add(1)
  meter.createUpDownCounter('upDownCounter').add(1)
  meter.createHistogram('histogram').record(1)
  const [request] = started.takeSerialized()
  started.yield()
  const told = readMetrics(Buffer.from(request!.body).toString())
  expect(Object.fromEntries(told.map(({ name, temporality }) => [name, temporality]))).toEqual(expected)
})
