SELECT
  key,
  sum(cost) AS cost,
  count(*) AS calls,
  count(cost) AS priced_calls,
  sum(input_tokens) AS input_tokens,
  sum(output_tokens) AS output_tokens,
  sum(cache_read_tokens) AS cache_read_tokens,
  sum(cache_write_tokens) AS cache_write_tokens,
  count(*) - count(cost) AS unpriced_calls,
  -- A function of one column is worked out once for each text in DuckDB's dictionary of it; a comparison for each row.
  coalesce(sum(cost) FILTER (starts_with(cost_source, 'estimated')), 0) AS estimated_cost
FROM matching
GROUP BY key
