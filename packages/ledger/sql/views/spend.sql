-- Separate queries with one condition each: for rows that a condition excludes, DuckDB doesn't read the other columns.
WITH spent AS (
  SELECT
    key,
    sum(cost) AS cost,
    count(*) AS calls,
    count(cost) AS priced_calls,
    sum(input_tokens) AS input_tokens,
    sum(output_tokens) AS output_tokens,
    sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens
  FROM matching
  GROUP BY key
),
estimated AS (
  SELECT key, count(*) AS estimated_calls, sum(cost) AS estimated_cost
  FROM matching WHERE cost_source = 'estimated' GROUP BY key
)
SELECT
  spent.*,
  calls - priced_calls AS unpriced_calls,
  coalesce(estimated_calls, 0) AS estimated_calls,
  coalesce(estimated_cost, 0) AS estimated_cost
FROM spent
LEFT JOIN estimated USING (key)
