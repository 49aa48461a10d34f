-- Own: calls made in the workflow itself. Inclusive: also those of the workflows it called.
-- A run is a trace in which the workflow has a call; it is counted once in any range, at its first call there.
WITH memberships AS (
  SELECT workflow, true AS own, trace_id, cost, previous_in_run, duration_us
  FROM matching
  UNION ALL
  SELECT outside.workflow, false, trace_id, cost, outside.previous_in_run, duration_us
  FROM (SELECT trace_id, cost, duration_us, unnest(outer_workflows) AS outside FROM matching WHERE outer_workflows IS NOT NULL)
)
SELECT
  workflow AS key,
  if(count(*) FILTER (WHERE own) = 0, 0, sum(cost) FILTER (WHERE own)) AS cost,
  sum(cost) AS inclusive_cost,
  if(workflow = '', NULL, {{runs}}) AS runs,
  count(*) FILTER (WHERE own) AS calls,
  count(*) AS inclusive_calls,
  quantile_cont(duration_us, [0.5, 0.95]) AS duration_us
FROM memberships
GROUP BY workflow
