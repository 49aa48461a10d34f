SELECT
  key,
  count(*) AS calls,
  count(cost) AS priced_calls,
  sum(cost) AS cost,
  sum(output_tokens) AS output_tokens,
  sum(duration_us) FILTER (WHERE output_tokens IS NOT NULL) / 1e6 AS output_seconds
FROM matching
GROUP BY key
