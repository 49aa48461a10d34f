SELECT
  key,
  count(*) AS calls,
  count(cost) AS priced_calls,
  sum(cost) AS cost,
  sum(input_tokens) AS input_tokens,
  sum(output_tokens) AS output_tokens,
  sum(cache_read_tokens) AS cache_read_tokens,
  sum(cache_write_tokens) AS cache_write_tokens,
  sum(reasoning_tokens) AS reasoning_tokens,
  count(input_tokens) AS input_calls,
  count(output_tokens) AS output_calls,
  -- Only tokens of calls with a price are set against the cost.
  sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)) FILTER (WHERE cost IS NOT NULL) / 1e6 AS priced_million_tokens,
  count(*) FILTER (WHERE input_tokens IS NULL AND output_tokens IS NULL) AS missing_usage_calls
FROM matching
GROUP BY key
