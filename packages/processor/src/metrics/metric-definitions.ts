/** A metric of calls, with its OpenTelemetry name and its unit (UCUM, or a currency code). */
export interface MetricDefinition {
  name: string
  unit: 'USD' | 's' | '1' | `{${string}}`
  kind: 'counter' | 'up_down_counter' | 'gauge' | 'histogram'
  description: string
}

export const costMetric: MetricDefinition = {
  name: 'spanmeter.cost',
  unit: 'USD',
  kind: 'counter',
  description: 'Cost of priced calls by part (cost_type).',
}

export const tokensMetric: MetricDefinition = {
  name: 'spanmeter.tokens',
  unit: '{token}',
  kind: 'counter',
  description:
    'Tokens by type; the types are disjoint: input is without cache reads and writes, output without reasoning.',
}

export const callsMetric: MetricDefinition = {
  name: 'spanmeter.calls',
  unit: '{call}',
  kind: 'counter',
  description: 'Logical calls by outcome: ok, error, aborted. Retries are not calls of their own.',
}

export const retriesMetric: MetricDefinition = {
  name: 'spanmeter.retries',
  unit: '{retry}',
  kind: 'counter',
  description: 'Attempts beyond the first one of a call.',
}

export const cacheSavingsMetric: MetricDefinition = {
  name: 'spanmeter.cache.savings',
  unit: 'USD',
  kind: 'up_down_counter',
  description:
    'What cache reads would have cost as plain input, less what cache reads and writes did cost. Falls where writes are never read.',
}

export const unpricedMetric: MetricDefinition = {
  name: 'spanmeter.calls.unpriced',
  unit: '{call}',
  kind: 'counter',
  description: 'Calls without a cost, by reason. They are in no cost metric.',
}

export const untaggedMetric: MetricDefinition = {
  name: 'spanmeter.cost.untagged',
  unit: 'USD',
  kind: 'counter',
  description: 'Cost of calls that lack a required business key, by the key that is missing.',
}

export const workflowCostMetric: MetricDefinition = {
  name: 'spanmeter.workflow.cost',
  unit: 'USD',
  kind: 'counter',
  description: 'Cost of the priced calls made in a workflow.',
}

export const workflowCallsMetric: MetricDefinition = {
  name: 'spanmeter.workflow.calls',
  unit: '{call}',
  kind: 'counter',
  description: 'Logical calls made in a workflow.',
}

export const durationMetric: MetricDefinition = {
  name: 'spanmeter.call.duration',
  unit: 's',
  kind: 'histogram',
  description: 'Duration of calls, their retries included.',
}

export const callCostMetric: MetricDefinition = {
  name: 'spanmeter.call.cost',
  unit: 'USD',
  kind: 'histogram',
  description: 'Cost of a priced call.',
}

/** Every metric of calls, in the order in which it is written out. */
export const callMetrics: readonly MetricDefinition[] = [
  costMetric,
  tokensMetric,
  callsMetric,
  retriesMetric,
  cacheSavingsMetric,
  unpricedMetric,
  untaggedMetric,
  workflowCostMetric,
  workflowCallsMetric,
  durationMetric,
  callCostMetric,
]

const prometheusUnits: Record<string, string> = { USD: 'USD', s: 'seconds', '1': 'ratio' }

/**
 * The metric's family name in Prometheus, without `_total`, by OpenTelemetry's rules:
 * https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1
 */
export function prometheusFamilyName(metric: MetricDefinition): string {
  const name = metric.name.replaceAll('.', '_')
  const unit = prometheusUnits[metric.unit]
  return unit === undefined ? name : `${name}_${unit}`
}

/** Prometheus' name of the unit; undefined for counts, which have none there. */
export function prometheusUnit(metric: MetricDefinition): string | undefined {
  return prometheusUnits[metric.unit]
}
