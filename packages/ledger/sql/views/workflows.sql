-- Own: calls made in the workflow itself. Inclusive: also those of the workflows that it called.
-- A run is a trace in which the workflow has a call. In any range it counts once, at its first call there.
WITH own AS (
  SELECT key, sum(cost) AS cost, count(*) AS calls, count(cost) AS priced_calls, {{first_calls}} AS first_calls
  FROM matching
  GROUP BY key
),
beneath AS (
  SELECT key, sum(cost) AS cost, count(*) AS calls, {{first_calls}} AS first_calls FROM called GROUP BY key
),
runs AS (
  {{runs}}
)
SELECT
  key,
  if(own.calls IS NULL, 0, own.cost) AS cost,
  coalesce(own.cost + beneath.cost, own.cost, beneath.cost) AS inclusive_cost,
  if(key = '', NULL, runs) AS runs,
  coalesce(own.calls, 0) AS calls,
  coalesce(own.calls, 0) + coalesce(beneath.calls, 0) AS inclusive_calls,
  coalesce(priced_calls, 0) AS priced_calls
FROM own
FULL JOIN beneath USING (key)
JOIN runs USING (key)
