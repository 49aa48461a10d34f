import type { LedgerSpan } from '@spanmeter/ledger'
import { describe, expect, it } from 'vitest'
import { meteredCall } from '../../test/support/metered-call.ts'
import { type CostMetrics, createCostMetrics } from './cost-metrics.ts'
import { prometheusFamilyName } from './metric-definitions.ts'

const startedAt = Date.UTC(2026, 10, 2, 9)
let sequence = 0

function call(overrides: Partial<LedgerSpan> = {}): LedgerSpan {
  sequence++
  const startUnixNano = BigInt(startedAt) * 1_000_000n
  return {
    traceId: sequence.toString(16).padStart(32, '0'),
    spanId: sequence.toString(16).padStart(16, '0'),
    name: 'chat gpt-4.1',
    startUnixNano,
    endUnixNano: startUnixNano + 1_500_000_000n,
    status: 'unset',
    role: 'own',
    environment: 'production',
    provider: 'openai',
    responseModel: 'gpt-4.1',
    usage: { inputTokens: 1000, cacheReadTokens: 400, outputTokens: 50, reasoningTokens: 20 },
    cost: {
      amount: '0.0018',
      cacheSavings: '0.0006',
      components: { input: '0.0012', cache_read: '0.0002', output: '0.0004' },
      source: 'list',
      price: 'openai/gpt-4.1@2025-04-14',
    },
    business: { feature: 'faq-bot', team: 'support', tenant: 'acme' },
    ...overrides,
  }
}

function record(metrics: CostMetrics, calls: readonly LedgerSpan[]): void {
  metrics.record(calls.map(meteredCall))
}

/** Samples by name and labels. */
async function scrape(metrics: CostMetrics): Promise<Record<string, number>> {
  const samples: Record<string, number> = {}
  for (const line of (await metrics.prometheus()).split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const end = line.lastIndexOf(' ')
    samples[line.slice(0, end)] = Number(line.slice(end + 1))
  }
  return samples
}

function spend(metrics: CostMetrics, tenant: string | undefined, amount: string): void {
  const components = { output: amount }
  record(metrics, [
    call({
      business: { feature: 'faq-bot', ...(tenant !== undefined && { tenant }) },
      cost: { amount, components, source: 'list', price: 'openai/gpt-4.1@2025-04-14' },
    }),
  ])
}

async function spentByTenant(metrics: CostMetrics): Promise<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(await scrape(metrics))
      .filter(([key]) => key.startsWith('spanmeter_cost_USD_total') && key.includes('cost_type="output"'))
      .map(([key, value]) => [/tenant="([^"]*)"/.exec(key)![1], value]),
  )
}

const labels =
  'feature="faq-bot",team="support",environment="production",tenant="acme",provider="openai",model="gpt-4.1"'

describe('createCostMetrics', () => {
  it('counts cost by part, tokens by disjoint type, calls by outcome, retries and cache savings', async () => {
    const metrics = createCostMetrics()
    record(metrics, [call(), call({ attempts: 3, status: 'error' })])
    const samples = await scrape(metrics)
    const histograms = Object.fromEntries(Object.entries(samples).filter(([key]) => !key.includes('_call_')))
    expect(histograms).toEqual({
      [`spanmeter_cost_USD_total{${labels},cost_type="input"}`]: 0.0024,
      [`spanmeter_cost_USD_total{${labels},cost_type="cache_read"}`]: 0.0004,
      [`spanmeter_cost_USD_total{${labels},cost_type="output"}`]: 0.0008,
      [`spanmeter_tokens_total{${labels},token_type="input"}`]: 1200,
      [`spanmeter_tokens_total{${labels},token_type="cache_read"}`]: 800,
      [`spanmeter_tokens_total{${labels},token_type="output"}`]: 60,
      [`spanmeter_tokens_total{${labels},token_type="reasoning"}`]: 40,
      [`spanmeter_calls_total{${labels},outcome="ok"}`]: 1,
      [`spanmeter_calls_total{${labels},outcome="error"}`]: 1,
      [`spanmeter_retries_total{${labels}}`]: 2,
      [`spanmeter_cache_savings_USD{${labels}}`]: 0.0012,
    })
  })

  it('shows a new series as zero to a scraper once, so that increase() sees the first call, and never to who is none', async () => {
    const metrics = createCostMetrics()
    record(metrics, [call()])
    const series = `spanmeter_cost_USD_total{${labels},cost_type="input"}`
    expect(await metrics.prometheus()).toContain(`${series} 0.0012\n`)
    expect(await metrics.prometheus('text', 'a')).toContain(`${series} 0\n`)
    expect(await metrics.prometheus('text', 'a')).toContain(`${series} 0.0012\n`)
  })

  it('shows it as zero to each of a pair of scrapers, and to a later one as it is', async () => {
    const metrics = createCostMetrics()
    const inputCost = async (scraper: string): Promise<string | undefined> => {
      const text = await metrics.prometheus('text', scraper)
      return /cost_USD_total\{.*cost_type="input"\} (\S+)/.exec(text)?.[1]
    }
    record(metrics, [call()])
    expect([await inputCost('a'), await inputCost('b')]).toEqual(['0', '0'])
    expect([await inputCost('a'), await inputCost('b')]).toEqual(['0.0012', '0.0012'])
    expect(await inputCost('somebody')).toBe('0.0012')
    record(metrics, [call({ business: { feature: 'new' } })])
    const late = await metrics.prometheus('text', 'somebody else')
    expect(late).toMatch(/cost_USD_total\{.*feature="new".*"input"\} 0\.0012\n/)
    expect(await metrics.prometheus('text', 'a')).toMatch(/cost_USD_total\{.*feature="new".*"input"\} 0\n/)
  })

  it('counts an unpriced call by reason and never as zero dollars', async () => {
    const metrics = createCostMetrics()
    const { cost: _, ...unpriced } = call({ unpriced: 'unknown_model' })
    record(metrics, [unpriced])
    const samples = await scrape(metrics)
    expect(
      samples['spanmeter_calls_unpriced_total{provider="openai",model="gpt-4.1",reason="unknown_model"}'],
    ).toBe(1)
    expect(Object.keys(samples).filter((key) => key.includes('USD'))).toEqual([])
  })

  it('counts no wrapper', async () => {
    const metrics = createCostMetrics()
    record(metrics, [call({ role: 'wrapper' })])
    expect(await scrape(metrics)).toEqual({})
  })

  it('counts the cost of calls that lack a required key', async () => {
    const metrics = createCostMetrics({ requiredKeys: ['feature', 'tenant'] })
    record(metrics, [call({ business: { tenant: 'acme' } })])
    const samples = await scrape(metrics)
    expect(samples['spanmeter_cost_untagged_USD_total{environment="production",missing="feature"}']).toBe(
      0.0018,
    )
    expect(
      samples['spanmeter_cost_untagged_USD_total{environment="production",missing="tenant"}'],
    ).toBeUndefined()
  })

  it('takes the environment from the resource, where a call must say it', async () => {
    const metrics = createCostMetrics({ requiredKeys: ['environment'] })
    record(metrics, [call()])
    expect(Object.keys(await scrape(metrics)).filter((key) => key.includes('untagged_USD'))).toEqual([])
  })

  it('counts the calls of a workflow and their cost', async () => {
    const metrics = createCostMetrics()
    record(metrics, [call({ workflowName: 'triage' }), call({ business: { workflow: 'refund' } })])
    const samples = await scrape(metrics)
    expect(Object.fromEntries(Object.entries(samples).filter(([key]) => key.includes('_workflow_')))).toEqual(
      {
        'spanmeter_workflow_cost_USD_total{environment="production",workflow="triage"}': 0.0018,
        'spanmeter_workflow_cost_USD_total{environment="production",workflow="refund"}': 0.0018,
        'spanmeter_workflow_calls_total{environment="production",workflow="triage"}': 1,
        'spanmeter_workflow_calls_total{environment="production",workflow="refund"}': 1,
      },
    )
  })

  it('keeps the number of series bounded, and every dollar counted, whatever the calls say', async () => {
    const metrics = createCostMetrics({ tenantTopK: 5, limits: { feature: 3, labelSets: 10 } })
    const calls = 500
    for (let i = 0; i < calls; i++) {
      record(metrics, [
        call({ business: { feature: `feature-${i}`, tenant: `tenant-${i}` }, responseModel: `model-${i}` }),
      ])
    }
    const counted = Object.entries(await scrape(metrics)).filter(([key]) =>
      key.startsWith('spanmeter_calls_total'),
    )
    expect(counted.reduce((sum, [, value]) => sum + value, 0)).toBe(calls)
    expect(counted.length).toBeLessThanOrEqual(22)
  })

  it('names the tenants that spend most, and lets a newcomer that outspends one take its place', async () => {
    let now = startedAt
    const metrics = createCostMetrics({ tenantTopK: 2, now: () => now })
    spend(metrics, 'acme', '5')
    spend(metrics, 'globex', '1')
    spend(metrics, 'initech', '0.5')
    now += 2 * 60_000
    spend(metrics, 'initech', '4')
    now += 2 * 60_000
    spend(metrics, 'initech', '8')
    expect(await spentByTenant(metrics)).toEqual({ acme: 5, globex: 1, other: 0.5, initech: 12 })
    now += 20 * 60_000
    expect(await spentByTenant(metrics)).toEqual({ acme: 5, other: 0.5, initech: 12 })
    // One that comes back after its series has gone begins a new one; those that stayed go on.
    spend(metrics, 'globex', '50')
    spend(metrics, 'initech', '1')
    spend(metrics, 'hooli', '2')
    expect(await spentByTenant(metrics)).toEqual({ acme: 5, other: 2.5, initech: 13, globex: 50 })
  })

  it('names no tenant where none has a place', async () => {
    const metrics = createCostMetrics({ tenantTopK: 0 })
    spend(metrics, 'acme', '5')
    spend(metrics, undefined, '1')
    expect(await spentByTenant(metrics)).toEqual({ other: 5, untagged: 1 })
  })

  it('counts no tokens below zero where parts are as many as the whole or more, and names what is unknown', async () => {
    const metrics = createCostMetrics()
    const usage = { inputTokens: 10, cacheReadTokens: 12, outputTokens: 5, reasoningTokens: 5 }
    const { provider, responseModel, environment, ...unknown } = call({ usage, business: {} })
    record(metrics, [unknown])
    const tokens = Object.entries(await scrape(metrics)).filter(([key]) => key.startsWith('spanmeter_tokens'))
    const none =
      'feature="untagged",team="untagged",environment="unknown",tenant="untagged",provider="unknown",model="unknown"'
    expect(Object.fromEntries(tokens)).toEqual({
      [`spanmeter_tokens_total{${none},token_type="input"}`]: 0,
      [`spanmeter_tokens_total{${none},token_type="cache_read"}`]: 12,
      [`spanmeter_tokens_total{${none},token_type="output"}`]: 0,
      [`spanmeter_tokens_total{${none},token_type="reasoning"}`]: 5,
    })
  })

  it.each(['other', 'untagged'])(
    'keeps what it counts of others where a tenant is called %s',
    async (name) => {
      let now = startedAt
      const metrics = createCostMetrics({ tenantTopK: 1, now: () => now })
      spend(metrics, name, '1')
      spend(metrics, undefined, '2')
      spend(metrics, 'acme', '4')
      now += 2 * 60_000
      spend(metrics, 'acme', '8')
      spend(metrics, 'globex', '0.5')
      now += 20 * 60_000
      const { other = 0, untagged = 0, acme = 0 } = await spentByTenant(metrics)
      expect([other + untagged, acme]).toEqual([3.5, 12])
    },
  )

  it('cuts a prompt that strayed into a label', async () => {
    const metrics = createCostMetrics()
    record(metrics, [call({ business: { feature: 'x'.repeat(300) } })])
    const features = Object.keys(await scrape(metrics)).map((key) => /feature="([^"]*)"/.exec(key)?.[1])
    expect(new Set(features)).toEqual(new Set([`${'x'.repeat(99)}…`]))
  })

  it('writes OpenMetrics with units and the trace of an exemplary call', async () => {
    const metrics = createCostMetrics()
    const one = call()
    record(metrics, [one])
    const text = await metrics.prometheus('openmetrics')
    expect(text).toContain('# TYPE spanmeter_cost_USD counter\n# UNIT spanmeter_cost_USD USD\n')
    const exemplar = `# {trace_id="${one.traceId}",span_id="${one.spanId}"} 0.0018 ${startedAt / 1000 + 1.5}`
    const callLabels =
      'feature="faq-bot",team="support",environment="production",provider="openai",model="gpt-4.1"'
    expect(text).toContain(`spanmeter_call_cost_USD_bucket{${callLabels},le="0.0025"} 1 ${exemplar}\n`)
    expect(text).toContain(`spanmeter_call_duration_seconds_sum{${callLabels}} 1.5\n`)
  })

  it.each(['prometheus', 'otlp'] as const)(
    'leaves others their turn while thousands of series are written: %s',
    async (reader) => {
      const metrics = createCostMetrics()
      for (let feature = 0; feature < 200; feature++) {
        for (const tenant of ['acme', 'globex', 'initech', 'umbrella']) {
          record(metrics, [call({ business: { feature: `feature-${feature}`, team: 'support', tenant } })])
        }
      }
      let turns = 0
      const count = (): void => {
        turns++
        waiting = setImmediate(count)
      }
      let waiting = setImmediate(count)
      await metrics[reader]()
      clearImmediate(waiting)
      expect(turns).toBeGreaterThan(1)
    },
  )

  it('shows gauges that are measured elsewhere', async () => {
    const metrics = createCostMetrics({
      gauges: () => [
        {
          definition: { name: 'spanmeter.budget.limit', unit: 'USD', kind: 'gauge', description: 'Limit.' },
          points: [{ labels: { budget: 'all' }, value: 100 }],
        },
      ],
    })
    expect(await metrics.prometheus()).toContain('spanmeter_budget_limit_USD{budget="all"} 100\n')
  })
})

describe('prometheusFamilyName', () => {
  it.each([
    ['spanmeter.cost', 'USD', 'spanmeter_cost_USD'],
    ['spanmeter.tokens', '{token}', 'spanmeter_tokens'],
    ['spanmeter.call.duration', 's', 'spanmeter_call_duration_seconds'],
    ['spanmeter.budget.burn_rate', '1', 'spanmeter_budget_burn_rate_ratio'],
  ] as const)('makes %s in %s to %s', (name, unit, expected) => {
    expect(prometheusFamilyName({ name, unit, kind: 'gauge', description: '' })).toBe(expected)
  })
})
