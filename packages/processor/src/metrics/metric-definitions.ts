/** A metric of calls, with its OpenTelemetry name and its unit (UCUM, or a currency code). */
export interface MetricDefinition {
  name: string
  unit: 'USD' | 's' | '1' | `{${string}}`
  kind: 'counter' | 'up_down_counter' | 'gauge' | 'histogram'
  description: string
}

export type SumName =
  | 'cost'
  | 'tokens'
  | 'calls'
  | 'retries'
  | 'cacheSavings'
  | 'unpriced'
  | 'untagged'
  | 'workflowCost'
  | 'workflowCalls'

/** Sums over calls, in the order in which they are written out. */
export const sumMetrics: Readonly<Record<SumName, MetricDefinition>> = {
  cost: {
    name: 'spanmeter.cost',
    unit: 'USD',
    kind: 'counter',
    description: 'Cost of priced calls by part (cost_type).',
  },
  tokens: {
    name: 'spanmeter.tokens',
    unit: '{token}',
    kind: 'counter',
    description:
      'Tokens by type; the types are disjoint: input is without cache reads and writes, output without reasoning.',
  },
  calls: {
    name: 'spanmeter.calls',
    unit: '{call}',
    kind: 'counter',
    description: 'Logical calls by outcome: ok, error, aborted. Retries are not calls of their own.',
  },
  retries: {
    name: 'spanmeter.retries',
    unit: '{retry}',
    kind: 'counter',
    description: 'Attempts beyond the first one of a call.',
  },
  cacheSavings: {
    name: 'spanmeter.cache.savings',
    unit: 'USD',
    kind: 'up_down_counter',
    description:
      'What cache reads would have cost as plain input, less what cache reads and writes did cost. Falls where writes are never read.',
  },
  unpriced: {
    name: 'spanmeter.calls.unpriced',
    unit: '{call}',
    kind: 'counter',
    description: 'Calls without a cost, by reason. They are in no cost metric.',
  },
  untagged: {
    name: 'spanmeter.cost.untagged',
    unit: 'USD',
    kind: 'counter',
    description: 'Cost of calls that lack a required business key, by the key that is missing.',
  },
  workflowCost: {
    name: 'spanmeter.workflow.cost',
    unit: 'USD',
    kind: 'counter',
    description: 'Cost of the priced calls made in a workflow.',
  },
  workflowCalls: {
    name: 'spanmeter.workflow.calls',
    unit: '{call}',
    kind: 'counter',
    description: 'Logical calls made in a workflow.',
  },
}

export const histogramMetrics: Readonly<Record<'duration' | 'callCost', MetricDefinition>> = {
  duration: {
    name: 'spanmeter.call.duration',
    unit: 's',
    kind: 'histogram',
    description: 'Duration of calls, their retries included.',
  },
  callCost: {
    name: 'spanmeter.call.cost',
    unit: 'USD',
    kind: 'histogram',
    description: 'Cost of a priced call.',
  },
}

/** Every metric of calls. */
export const callMetrics: readonly MetricDefinition[] = [
  ...Object.values(sumMetrics),
  ...Object.values(histogramMetrics),
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
