-- What a failed attempt inside a call cost is on no wire; what is known is what the calls cost that needed more than one.
-- An aborted call and one that ended in an error were paid for, as far as they have a price, and gave nothing whole.
-- No such call costs 0; such calls without any price cost an unknown amount.
WITH spent AS (
  SELECT key, sum(cost) AS cost, count(*) AS calls FROM matching GROUP BY key
),
troubled AS (
  SELECT
    key,
    count(*) FILTER (WHERE retried) AS retried_calls,
    sum(attempts - 1) FILTER (WHERE retried) AS extra_attempts,
    sum(cost) FILTER (WHERE retried) AS retried_cost,
    count(*) FILTER (WHERE failed) AS error_calls,
    sum(cost) FILTER (WHERE failed) AS error_cost,
    count(*) FILTER (WHERE aborted) AS aborted_calls,
    sum(cost) FILTER (WHERE aborted) AS aborted_cost,
    sum(cost) FILTER (WHERE failed OR aborted) AS wasted_cost
  FROM (
    SELECT
      key, cost, attempts,
      coalesce(attempts > 1, false) AS retried,
      usage_missing = 'aborted' AS aborted,
      status = 'error' AND NOT aborted AS failed
    FROM matching
    WHERE attempts > 1 OR status = 'error' OR usage_missing = 'aborted'
  )
  GROUP BY key
)
SELECT
  spent.key, spent.cost, spent.calls,
  coalesce(troubled.retried_calls, 0) AS retried_calls,
  coalesce(extra_attempts, 0) AS extra_attempts,
  if(coalesce(troubled.retried_calls, 0) = 0, 0, retried_cost) AS retried_cost,
  coalesce(troubled.error_calls, 0) AS error_calls,
  if(coalesce(troubled.error_calls, 0) = 0, 0, error_cost) AS error_cost,
  coalesce(troubled.aborted_calls, 0) AS aborted_calls,
  if(coalesce(troubled.aborted_calls, 0) = 0, 0, aborted_cost) AS aborted_cost,
  if(coalesce(troubled.error_calls + troubled.aborted_calls, 0) = 0, 0, wasted_cost) AS wasted_cost
FROM spent
LEFT JOIN troubled ON spent.key = troubled.key
