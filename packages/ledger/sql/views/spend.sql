SELECT
  key,
  sum(cost) AS cost,
  count(*) AS calls,
  count(cost) AS priced_calls,
  quantile_cont(duration_us, [0.5, 0.95]) AS duration_us,
  sum(input_tokens) AS input_tokens,
  sum(output_tokens) AS output_tokens,
  sum(cache_read_tokens) AS cache_read_tokens,
  sum(cache_write_tokens) AS cache_write_tokens,
  count(*) - count(cost) AS unpriced_calls,
  coalesce(sum(cost) FILTER (WHERE cost_source = 'estimated'), 0) AS estimated_cost
FROM matching
GROUP BY key
