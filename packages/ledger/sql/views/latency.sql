SELECT
  key,
  count(*) AS calls,
  count(cost) AS priced_calls,
  sum(cost) AS cost,
  quantile_cont(duration_us, [0.5, 0.95]) AS duration_us,
  quantile_cont(first_chunk_us, [0.5, 0.95]) AS first_chunk_us,
  sum(output_tokens) AS output_tokens,
  sum(duration_us) FILTER (WHERE output_tokens IS NOT NULL) / 1e6 AS output_seconds
FROM matching
GROUP BY key
