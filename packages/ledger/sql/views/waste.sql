-- No provider says what a failed attempt within a call cost. Known is only what the calls cost that needed more than one.
-- Calls that were aborted or ended in an error were paid for, as far as they have a price, and gave no complete answer.
-- Without such calls the cost is 0; if none of them has a price, it is unknown.
-- Separate queries with one condition each: for rows that a condition excludes, DuckDB doesn't read the other columns.
WITH spent AS (
  SELECT key, sum(cost) AS cost, count(*) AS calls, count(cost) AS priced_calls FROM matching GROUP BY key
),
retried AS (
  SELECT key, count(*) AS retried_calls, sum(attempts - 1) AS extra_attempts, sum(cost) AS retried_cost
  FROM matching WHERE attempts > 1 GROUP BY key
),
failed AS (
  SELECT key, count(*) AS error_calls, sum(cost) AS error_cost
  FROM matching WHERE status = 'error' AND usage_missing <> 'aborted' GROUP BY key
),
aborted AS (
  SELECT key, count(*) AS aborted_calls, sum(cost) AS aborted_cost
  FROM matching WHERE usage_missing = 'aborted' GROUP BY key
)
SELECT
  key, cost, calls, priced_calls,
  coalesce(retried_calls, 0) AS retried_calls,
  coalesce(extra_attempts, 0) AS extra_attempts,
  if(retried_calls IS NULL, 0, retried_cost) AS retried_cost,
  coalesce(error_calls, 0) AS error_calls,
  if(error_calls IS NULL, 0, error_cost) AS error_cost,
  coalesce(aborted_calls, 0) AS aborted_calls,
  if(aborted_calls IS NULL, 0, aborted_cost) AS aborted_cost,
  coalesce(error_calls, 0) + coalesce(aborted_calls, 0) AS wasted_calls,
  if(
    error_calls IS NULL AND aborted_calls IS NULL,
    0,
    coalesce(error_cost + aborted_cost, error_cost, aborted_cost)
  ) AS wasted_cost
FROM spent
LEFT JOIN retried USING (key)
LEFT JOIN failed USING (key)
LEFT JOIN aborted USING (key)
