import type { AlertRule } from '../types.ts'

export const retryStorm: AlertRule = {
  name: 'SpanmeterRetryStorm',
  severity: 'page',
  for: '5m',
  summary: 'Feature {feature} ({environment}) retries {value} of its calls.',
  cause: 'Rate limits (429), an overloaded provider (503, 529), or timeouts shorter than the answers take.',
  look: 'Dashboard "Spanmeter / Model and provider", panels "Retries" and "Errors"; cookbook "Calls that were retried".',
  unit: 'ratio',
  contributors: { by: 'model', of: 'retries' },
  prometheus: `environment_feature:spanmeter_retries_per_call:ratio_rate10m > 0.2
and sum by (environment, feature) (increase(spanmeter_retries_total[10m])) > 20`,
  ledger: {
    sql: ({ now, ago }) => `
SELECT environment, feature, sum(attempts - 1) / count(*) AS value
FROM calls
WHERE started > ${ago('10 minutes')} AND started <= ${now}
GROUP BY ALL
HAVING value > 0.2 AND sum(attempts - 1) > 20`,
  },
}

export const modelDrift: AlertRule = {
  name: 'SpanmeterModelDrift',
  severity: 'ticket',
  for: '30m',
  summary:
    'Model {model} now answers {value} of the calls of {feature} ({environment}), far from its share a day ago.',
  cause:
    'A release changed the model, an alias of the provider moved on, or a fallback or router chooses differently.',
  look: 'Dashboard "Spanmeter / Model and provider", panel "Calls by model".',
  unit: 'ratio',
  contributors: { by: 'model', of: 'cost' },
  // A model that is new today had no share yesterday, though its feature had calls.
  prometheus: `abs(
  environment_feature_model:spanmeter_calls:share1h
  - (
    environment_feature_model:spanmeter_calls:share1h offset 1d
    or environment_feature_model:spanmeter_calls:share1h * 0
      and on (environment, feature) environment_feature:spanmeter_calls:rate1h offset 1d > 0
  )
) > 0.2`,
  ledger: {
    sql: ({ now, ago }) => `
SELECT environment, feature, model, recently AS value
FROM (
  SELECT environment, feature, model,
    calls_recently / nullif(sum(calls_recently) OVER (PARTITION BY environment, feature), 0) AS recently,
    calls_day_before / nullif(sum(calls_day_before) OVER (PARTITION BY environment, feature), 0) AS day_before
  FROM (
    SELECT environment, feature, model,
      count(*) FILTER (WHERE started > ${ago('1 hour')}) AS calls_recently,
      count(*) FILTER (WHERE started <= ${ago('24 hours')}) AS calls_day_before
    FROM calls
    WHERE started <= ${now} AND (started > ${ago('1 hour')} OR started BETWEEN ${ago('25 hours')} AND ${ago('24 hours')})
    GROUP BY ALL
  )
)
WHERE abs(recently - day_before) > 0.2`,
  },
}

export const untaggedSpend: AlertRule = {
  name: 'SpanmeterUntaggedSpend',
  severity: 'ticket',
  for: '1h',
  summary: '{value} of all cost lacks business key "{missing}".',
  cause:
    'A code path outside withBusinessContext, a service that drops baggage, or a new service without attribution rules.',
  look: 'Dashboard "Spanmeter / Data quality"; cookbook "Calls without a feature".',
  unit: 'ratio',
  contributors: { by: 'provider', of: 'cost' },
  prometheus: `sum by (missing) (rate(spanmeter_cost_untagged_USD_total[1h]))
  / on () group_left () (sum(rate(spanmeter_cost_USD_total[1h])) > 0)
  > 0.05`,
  ledger: { untaggedAbove: 0.05 },
}

export const unpricedCalls: AlertRule = {
  name: 'SpanmeterUnpricedCalls',
  severity: 'ticket',
  for: '0m',
  summary: '{value} to {model} at {provider} have no price ({reason}).',
  cause:
    'A model newer than the price list, a deployment name or profile without an alias, or usage that was never reported.',
  look: 'Dashboard "Spanmeter / Data quality"; add an alias or a price to the overrides file, see docs.',
  unit: 'calls',
  prometheus: 'sum by (provider, model, reason) (increase(spanmeter_calls_unpriced_total[30m])) > 0',
  ledger: {
    sql: ({ now, ago }) => `
SELECT provider, model, unpriced AS reason, count(*) AS value
FROM calls
WHERE started > ${ago('30 minutes')} AND started <= ${now} AND unpriced IS NOT NULL
GROUP BY ALL`,
  },
}
