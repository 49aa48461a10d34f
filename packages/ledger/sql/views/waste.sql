-- What a failed attempt inside a call cost is on no wire; what is known is what the calls cost that needed more than one.
-- An aborted call and one that ended in an error were paid for, as far as they have a price, and gave nothing whole.
-- No such call costs 0; such calls without any price cost an unknown amount.
SELECT
  key,
  sum(cost) AS cost,
  count(*) AS calls,
  count(*) FILTER (WHERE retried) AS retried_calls,
  coalesce(sum(attempts - 1) FILTER (WHERE retried), 0) AS extra_attempts,
  if(retried_calls = 0, 0, sum(cost) FILTER (WHERE retried)) AS retried_cost,
  count(*) FILTER (WHERE failed) AS error_calls,
  if(error_calls = 0, 0, sum(cost) FILTER (WHERE failed)) AS error_cost,
  count(*) FILTER (WHERE aborted) AS aborted_calls,
  if(aborted_calls = 0, 0, sum(cost) FILTER (WHERE aborted)) AS aborted_cost,
  if(error_calls + aborted_calls = 0, 0, sum(cost) FILTER (WHERE failed OR aborted)) AS wasted_cost
FROM (
  SELECT
    key, cost, attempts,
    coalesce(attempts > 1, false) AS retried,
    coalesce(usage_missing = 'aborted', false) AS aborted,
    status = 'error' AND NOT aborted AS failed
  FROM matching
)
GROUP BY key
