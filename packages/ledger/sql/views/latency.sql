-- `output_seconds` is the duration of the calls whose output is known. The others are summed by a separate query: for rows that
-- its condition excludes, DuckDB doesn't read the other columns.
WITH spent AS (
  SELECT
    key,
    count(*) AS calls,
    count(cost) AS priced_calls,
    sum(cost) AS cost,
    sum(output_tokens) AS output_tokens,
    sum(duration_us) AS duration_us
  FROM matching
  GROUP BY key
),
without_output AS (
  SELECT key, sum(duration_us) AS without_us FROM matching WHERE output_tokens IS NULL GROUP BY key
)
SELECT
  key, calls, priced_calls, cost, output_tokens,
  if(output_tokens IS NULL, NULL, (duration_us - coalesce(without_us, 0)) / 1e6) AS output_seconds
FROM spent
LEFT JOIN without_output USING (key)
