import type { CostComponent } from '@spanmeter/pricing'
import protobuf from 'protobufjs'
import { expect, test } from 'vitest'
import type { MeteredCall } from '../src/enrichment/metered-call.ts'
import { type CostMetrics, createCostMetrics } from '../src/metrics/cost-metrics.ts'
import { identityOf } from '../src/otlp/span-identity.ts'
import { COST_COMPONENTS } from '../src/semconv.ts'
import { RandomTraces } from './support/random-traces.ts'

const startedAt = Date.UTC(2026, 10, 2, 9)

/** What is read here of opentelemetry/proto/metrics/v1/metrics.proto. */
const Request = protobuf
  .parse(`syntax = "proto3";
    message Request { repeated ResourceMetrics resource = 1; }
    message ResourceMetrics { repeated ScopeMetrics scope = 2; }
    message ScopeMetrics { repeated Metric metrics = 2; }
    message Metric { string name = 1; Sum sum = 7; Histogram histogram = 10; }
    message Sum { repeated Point points = 1; }
    message Point { double value = 4; }
    message Histogram { repeated HistogramPoint points = 1; }
    message HistogramPoint { fixed64 count = 4; double sum = 5; fixed64 zeros = 7; Buckets positive = 8; }
    message Buckets { repeated uint64 counts = 2; }`)
  .root.lookupType('Request')

/** Few kinds of everything, most of it unknown, and free calls among those that have a price. */
function anyCall(random: RandomTraces): MeteredCall {
  const one = <Item>(items: readonly Item[]): Item => items[random.below(items.length)]!
  const maybe = <Value>(value: () => Value): Value | undefined => (random.chance(2) ? value() : undefined)
  const names = ['a', 'b', 'say "hi"\n\\', '', 'c'.repeat(200)]
  const business = Object.fromEntries(
    ['feature', 'tenant', 'team', 'workflow'].filter(() => random.chance(2)).map((key) => [key, one(names)]),
  )
  const components: readonly CostComponent[] = COST_COMPONENTS.filter(() => random.chance(4))
  const parts = components.map(() => random.below(3) / 1000)
  const cost: MeteredCall['cost'] = random.chance(4)
    ? { priced: false, reason: one(['no_usage', 'unknown_model'] as const) }
    : {
        priced: true,
        components,
        parts,
        amount: parts.reduce((sum, part) => sum + part, 0),
        cacheSavings: maybe(() => (random.below(3) - 1) / 1000),
      }
  return {
    identity: identityOf('0a'.repeat(16), '0b'.repeat(8)),
    role: random.chance(6) ? 'wrapper' : 'own',
    provider: maybe(() => one(['openai', 'anthropic'])),
    model: maybe(() => `model-${random.below(20)}`),
    workflow: undefined,
    environment: maybe(() => one(['production', 'staging'])),
    business,
    hasFailed: random.chance(4),
    endUnixMillis: startedAt,
    durationSeconds: random.below(3),
    attempts: maybe(() => random.below(4)),
    usageMissing: maybe(() => one(['aborted', 'not_requested'])),
    usage: {
      inputTokens: maybe(() => 100 + random.below(3)),
      cacheReadTokens: maybe(() => random.below(50)),
      cacheWriteTokens: maybe(() => random.below(50)),
      outputTokens: maybe(() => 100 + random.below(3)),
      reasoningTokens: maybe(() => random.below(50)),
    },
    cost,
  }
}

type Totals = Record<string, number>

/** Sums by hand. Of tokens whose total isn't known only the parts are there. */
function totalsOf(calls: readonly MeteredCall[]): Totals {
  const sum = (of: (call: MeteredCall) => number | undefined): number =>
    counted.reduce((total, call) => total + (of(call) ?? 0), 0)
  const counted = calls.filter(({ role }) => role === 'own')
  const priced = (call: MeteredCall) => (call.cost?.priced === true ? call.cost : undefined)
  const tokens = (total: number | undefined, ...parts: (number | undefined)[]): number =>
    total ?? parts.reduce<number>((all, part) => all + (part ?? 0), 0)
  return {
    calls: counted.length,
    unpriced: sum((call) => (priced(call) === undefined ? 1 : 0)),
    tokens: sum(
      ({ usage }) =>
        tokens(usage.inputTokens, usage.cacheReadTokens, usage.cacheWriteTokens) +
        tokens(usage.outputTokens, usage.reasoningTokens),
    ),
    cost: sum((call) => priced(call)?.amount),
    untagged: sum((call) => (call.business.feature === undefined ? priced(call)?.amount : 0)),
    savings: sum((call) => priced(call)?.cacheSavings),
    retries: sum(({ attempts }) => Math.max(0, (attempts ?? 1) - 1)),
    workflowCalls: sum(({ business }) => (business.workflow === undefined ? 0 : 1)),
    durations: sum(({ durationSeconds }) => durationSeconds),
    callCosts: sum((call) => (priced(call) === undefined ? 0 : 1)),
  }
}

/** Of each total its metric in Prometheus' text and in OTLP. */
const METRICS: Readonly<Record<string, readonly [prometheus: string, otlp: string]>> = {
  calls: ['spanmeter_calls_total', 'spanmeter.calls'],
  unpriced: ['spanmeter_calls_unpriced_total', 'spanmeter.calls.unpriced'],
  tokens: ['spanmeter_tokens_total', 'spanmeter.tokens'],
  cost: ['spanmeter_cost_USD_total', 'spanmeter.cost'],
  untagged: ['spanmeter_cost_untagged_USD_total', 'spanmeter.cost.untagged'],
  savings: ['spanmeter_cache_savings_USD', 'spanmeter.cache.savings'],
  retries: ['spanmeter_retries_total', 'spanmeter.retries'],
  workflowCalls: ['spanmeter_workflow_calls_total', 'spanmeter.workflow.calls'],
  durations: ['spanmeter_call_duration_seconds_sum', 'spanmeter.call.duration'],
  callCosts: ['spanmeter_call_cost_USD_count', 'spanmeter.call.cost'],
}

async function prometheusTotals(metrics: CostMetrics): Promise<Totals> {
  const lines = (await metrics.prometheus()).split('\n')
  return totals(([name]) =>
    lines
      .filter((line) => line.startsWith(`${name}{`))
      .map((line) => Number(line.slice(line.lastIndexOf(' ') + 1))),
  )
}

async function otlpTotals(metrics: CostMetrics): Promise<Totals> {
  const request = Request.toObject(Request.decode(await metrics.otlp()), { longs: Number, defaults: true })
  // biome-ignore lint/suspicious/noExplicitAny: a decoded message
  const all: any[] = request.resource[0].scope[0].metrics
  return totals(([, name]) => {
    const metric = all.find((candidate) => candidate.name === name)
    if (metric.sum !== null) return metric.sum.points.map(({ value }: { value: number }) => value)
    return metric.histogram.points.map((point: { sum: number; count: number }) =>
      name === 'spanmeter.call.cost' ? point.count : point.sum,
    )
  })
}

function totals(valuesOf: (names: readonly [string, string]) => number[]): Totals {
  return Object.fromEntries(
    Object.entries(METRICS).map(([total, names]) => [
      total,
      valuesOf(names).reduce((sum, value) => sum + value, 0),
    ]),
  )
}

function rounded(sums: Totals): Totals {
  return Object.fromEntries(
    Object.entries(sums).map(([name, value]) => [name, Math.round(value * 1e9) / 1e9]),
  )
}

test.each([
  ['few enough', {}],
  [
    'more than there is room for',
    { tenantTopK: 1, limits: { feature: 1, model: 2, provider: 1, labelSets: 3 } },
  ],
])(
  'whatever calls there are, both formats add up to what they were (label values: %s)',
  async (_, options) => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = new RandomTraces(7919 * seed)
      const metrics = createCostMetrics({ ...options, now: () => startedAt })
      const calls = Array.from({ length: random.below(60) }, () => anyCall(random))
      metrics.record(calls)
      // What is new is zero when it is read first.
      await metrics.otlp()
      const expected = rounded(totalsOf(calls))
      expect(rounded(await prometheusTotals(metrics))).toEqual(expected)
      expect(rounded(await otlpTotals(metrics))).toEqual(expected)
    }
  },
)
