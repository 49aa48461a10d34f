import type { AlertRule } from '../types.ts'

export const spendSpike: AlertRule = {
  name: 'SpanmeterSpendSpike',
  severity: 'page',
  for: '10m',
  summary: 'Feature {feature} ({environment}) spends {value}, more than three times its usual.',
  cause:
    'More calls (traffic, a loop, retries), larger calls (prompt growth, output drift), or a dearer model (model drift). Calls, tokens per call and cost per token tell them apart.',
  look: 'Dashboard "Spanmeter / Feature"; docs/investigate-a-spike.md walks through one.',
  unit: 'USD/h',
  contributors: { by: 'tenant', of: 'cost' },
  // The same hour last week where there is one, else the day before; and a floor, so that idle features do not page.
  prometheus: `environment_feature:spanmeter_cost_USD:rate1h * 3600 > 5
and environment_feature:spanmeter_cost_USD:rate1h
  > 3 * (
    environment_feature:spanmeter_cost_USD:rate1h offset 1w > 0
    or avg_over_time(environment_feature:spanmeter_cost_USD:rate1h[1d] offset 1h) > 0
  )`,
  ledger: {
    sql: ({ now, ago }) => `
SELECT environment, feature, last_hour AS value
FROM (
  SELECT environment, feature,
    sum(cost) FILTER (WHERE started > ${ago('1 hour')}) AS last_hour,
    sum(cost) FILTER (WHERE started BETWEEN ${ago('169 hours')} AND ${ago('168 hours')}) AS same_hour_last_week,
    sum(cost) FILTER (WHERE started BETWEEN ${ago('25 hours')} AND ${ago('1 hour')}) / 24 AS hourly_yesterday
  FROM calls
  WHERE started > ${ago('169 hours')} AND started <= ${now}
  GROUP BY ALL
)
WHERE last_hour > 5 AND last_hour > 3 * coalesce(nullif(same_hour_last_week, 0), nullif(hourly_yesterday, 0))`,
  },
}

export const newSpender: AlertRule = {
  name: 'SpanmeterNewSpender',
  severity: 'ticket',
  for: '15m',
  summary: 'Feature {feature} ({environment}) spends {value}, and spent nothing in the week before.',
  cause: 'A release nobody announced, a renamed feature, or a test that reached a real provider.',
  look: 'Dashboard "Spanmeter / Feature"; cookbook "The first traces of a feature".',
  unit: 'USD/h',
  contributors: { by: 'tenant', of: 'cost' },
  prometheus: `environment_feature:spanmeter_cost_USD:rate1h * 3600 > 5
unless max_over_time(environment_feature:spanmeter_cost_USD:rate1h[1w] offset 2h) > 0`,
  ledger: {
    sql: ({ now, ago }) => `
SELECT environment, feature, sum(cost) FILTER (WHERE started > ${ago('1 hour')}) AS value
FROM calls
WHERE started > ${ago('170 hours')} AND started <= ${now}
GROUP BY ALL
HAVING value > 5 AND coalesce(sum(cost) FILTER (WHERE started <= ${ago('2 hours')}), 0) = 0`,
  },
}

export const runawayTenant: AlertRule = {
  name: 'SpanmeterRunawayTenant',
  severity: 'page',
  for: '10m',
  summary: 'Tenant {tenant} spends {value}, more than five times its usual.',
  cause:
    "One customer's automation runs wild, an agent loops on one customer's data, or a customer's plan no longer fits.",
  look: 'Dashboard "Spanmeter / Tenant and team"; cookbook "The dearest traces of a tenant".',
  unit: 'USD/h',
  contributors: { by: 'feature', of: 'cost' },
  prometheus: `tenant:spanmeter_cost_USD:rate1h{tenant!~"other|untagged"} * 3600 > 5
and tenant:spanmeter_cost_USD:rate1h > 5 * avg_over_time(tenant:spanmeter_cost_USD:rate1h[1d] offset 1h)`,
  ledger: {
    sql: ({ now, ago }) => `
SELECT tenant, last_hour AS value
FROM (
  SELECT tenant,
    sum(cost) FILTER (WHERE started > ${ago('1 hour')}) AS last_hour,
    sum(cost) FILTER (WHERE started <= ${ago('1 hour')}) / 24 AS hourly_before
  FROM calls
  WHERE started > ${ago('25 hours')} AND started <= ${now} AND tenant <> 'untagged'
  GROUP BY ALL
)
WHERE last_hour > 5 AND last_hour > 5 * hourly_before`,
  },
}

export const nonProductionSpend: AlertRule = {
  name: 'SpanmeterNonProductionSpend',
  severity: 'ticket',
  for: '15m',
  summary: 'Environment {environment} spends {value}.',
  cause:
    'A load test against a real provider, a nightly evaluation that grew, or production traffic with a wrong deployment.environment.name.',
  look: 'Dashboard "Spanmeter / Overview" with that environment chosen.',
  unit: 'USD/h',
  contributors: { by: 'feature', of: 'cost' },
  prometheus:
    'sum by (environment) (environment_feature:spanmeter_cost_USD:rate1h{environment!~"prod.*|unknown"}) * 3600 > 10',
  ledger: {
    sql: ({ now, ago }) => `
SELECT environment, sum(cost) AS value
FROM calls
WHERE started > ${ago('1 hour')} AND started <= ${now} AND environment NOT LIKE 'prod%' AND environment <> 'unknown'
GROUP BY ALL
HAVING value > 10`,
  },
}
