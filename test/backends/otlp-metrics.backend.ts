import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCostMetrics } from '../../packages/processor/src/metrics/cost-metrics.ts'
import { meteredCall } from '../../packages/processor/test/support/metered-call.ts'
import { type LivePrometheus, startLivePrometheus } from './support/live-prometheus.ts'
import { plantedRound } from './support/planted-calls.ts'
import { havePrograms } from './support/programs.ts'

type Vector = { result: { value: [number, string] }[] }

describe.skipIf(!havePrograms('prometheus'))('OTLP metrics in a real Prometheus', () => {
  let prometheus: LivePrometheus
  beforeAll(async () => {
    prometheus = await startLivePrometheus({}, '127.0.0.1:9')
    const metrics = createCostMetrics({ resource: { 'service.name': 'spanmeter' } })
    metrics.record(plantedRound(Date.now()).map(meteredCall))
    await metrics.otlp()
    const response = await fetch(`${prometheus.otlp}/v1/metrics`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: await metrics.otlp(),
    })
    expect(response.status).toBe(200)
  })
  afterAll(() => prometheus.stop())

  it.each([
    ['sum(spanmeter_cost_USD_total)', 0.1],
    ['sum(spanmeter_tokens_total)', 6510],
    ['sum(spanmeter_calls_total{outcome="error"})', 1],
    ['sum(spanmeter_cache_savings_USD)', 0.008],
    ['sum(spanmeter_calls_unpriced_total{reason="unknown_model"})', 1],
    // A native histogram, from an exponential one.
    ['histogram_count(sum(spanmeter_call_cost_USD))', 4],
    ['histogram_sum(sum(spanmeter_call_cost_USD))', 0.1],
    ['histogram_sum(sum(spanmeter_call_duration_seconds))', 10],
  ])('%s is %d', async (query, expected) => {
    const { result } = await prometheus.api<Vector>(`query?${new URLSearchParams({ query })}`)
    expect(Number(result[0]?.value[1])).toBeCloseTo(expected, 9)
  })

  it('gives quantiles to within a bucket, of which there are eight for each doubling', async () => {
    const query = 'histogram_quantile(0.99, sum(spanmeter_call_cost_USD))'
    const { result } = await prometheus.api<Vector>(`query?${new URLSearchParams({ query })}`)
    expect(Math.abs(Number(result[0]?.value[1]) / 0.05 - 1)).toBeLessThan(2 ** (1 / 8) - 1)
  })
})
