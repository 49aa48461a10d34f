import type { AlertRule } from '../types.ts'

/** A half-hour of tokens per call against the same half-hour a day before, both with enough calls to mean something. */
function tokensPerCall(column: string, now: string, ago: (interval: string) => string): string {
  return `
  SELECT environment, feature, model,
    avg(${column}) FILTER (WHERE started > ${ago('30 minutes')}) AS recently,
    count(*) FILTER (WHERE started > ${ago('30 minutes')}) AS calls_recently,
    avg(${column}) FILTER (WHERE started <= ${ago('24 hours')}) AS day_before
  FROM calls
  WHERE started <= ${now}
    AND (started > ${ago('30 minutes')} OR started BETWEEN ${ago('1470 minutes')} AND ${ago('24 hours')})
  GROUP BY ALL`
}

const enoughCalls = 'and environment_feature_model:spanmeter_calls:increase30m > 50'

export const promptGrowth: AlertRule = {
  name: 'SpanmeterPromptGrowth',
  severity: 'ticket',
  for: '30m',
  summary:
    'Calls of {feature} to {model} ({environment}) send {value} each, half as much again as a day ago.',
  cause:
    'A longer system prompt, more retrieved context, tools added, or a conversation history that is never cut.',
  look: 'Dashboard "Spanmeter / Tokens and cache", panel "Input tokens per call"; cookbook "The largest prompts".',
  unit: 'tokens',
  contributors: { by: 'tenant', of: 'cost' },
  prometheus: `environment_feature_model:spanmeter_input_tokens_per_call:ratio_rate30m
  > 1.5 * (environment_feature_model:spanmeter_input_tokens_per_call:ratio_rate30m offset 1d)
${enoughCalls}`,
  ledger: {
    sql: ({ now, ago }) => `
SELECT environment, feature, model, recently AS value
FROM (${tokensPerCall('input_tokens', now, ago)})
WHERE calls_recently > 50 AND recently > 1.5 * day_before`,
  },
}

export const outputDrift: AlertRule = {
  name: 'SpanmeterOutputDrift',
  severity: 'ticket',
  for: '30m',
  summary: 'Calls of {feature} to {model} ({environment}) answer with {value} each: far from a day ago.',
  cause:
    'Longer: a changed prompt or reasoning effort, a limit that was lifted. Shorter: truncation, refusals, a model behind the same name.',
  look: 'Dashboard "Spanmeter / Tokens and cache", panel "Output tokens per call"; cookbook "Finish reasons".',
  unit: 'tokens',
  contributors: { by: 'tenant', of: 'cost' },
  prometheus: `(
  environment_feature_model:spanmeter_output_tokens_per_call:ratio_rate30m
    > 2 * (environment_feature_model:spanmeter_output_tokens_per_call:ratio_rate30m offset 1d)
  or environment_feature_model:spanmeter_output_tokens_per_call:ratio_rate30m
    < 0.5 * (environment_feature_model:spanmeter_output_tokens_per_call:ratio_rate30m offset 1d)
)
${enoughCalls}`,
  ledger: {
    sql: ({ now, ago }) => `
SELECT environment, feature, model, recently AS value
FROM (${tokensPerCall('output_tokens', now, ago)})
WHERE calls_recently > 50 AND (recently > 2 * day_before OR recently < 0.5 * day_before)`,
  },
}

export const cacheHitDrop: AlertRule = {
  name: 'SpanmeterCacheHitDrop',
  severity: 'ticket',
  for: '30m',
  summary:
    'Only {value} of the input of {feature} to {model} ({environment}) comes from cache, less than half of a day ago.',
  cause:
    'Something that changes with each call (a date, an id, shuffled tools) moved to the front of the prompt, or traffic fell below the cache lifetime.',
  look: 'Dashboard "Spanmeter / Tokens and cache", panel "Cache hit ratio".',
  unit: 'ratio',
  contributors: { by: 'tenant', of: 'cost' },
  prometheus: `environment_feature_model:spanmeter_cache_hits:ratio_rate30m
  < 0.5 * (environment_feature_model:spanmeter_cache_hits:ratio_rate30m offset 1d > 0.2)`,
  ledger: {
    sql: ({ now, ago }) => `
SELECT environment, feature, model, recently AS value
FROM (
  SELECT environment, feature, model,
    sum(cache_read_tokens) FILTER (WHERE started > ${ago('30 minutes')})
      / nullif(sum(input_tokens) FILTER (WHERE started > ${ago('30 minutes')}), 0) AS recently,
    sum(cache_read_tokens) FILTER (WHERE started <= ${ago('24 hours')})
      / nullif(sum(input_tokens) FILTER (WHERE started <= ${ago('24 hours')}), 0) AS day_before
  FROM calls
  WHERE started <= ${now}
    AND (started > ${ago('30 minutes')} OR started BETWEEN ${ago('1470 minutes')} AND ${ago('24 hours')})
  GROUP BY ALL
)
WHERE day_before > 0.2 AND recently < 0.5 * day_before`,
  },
}
