-- Own: calls made in the workflow itself. Inclusive: also those of the workflows it called.
-- A run is a trace in which the workflow has a call; it is counted once in any range, at its first call there.
SELECT
  key,
  if(count(*) FILTER (own) = 0, 0, sum(cost) FILTER (own)) AS cost,
  sum(cost) AS inclusive_cost,
  if(key = '', NULL, {{runs}}) AS runs,
  count(*) FILTER (own) AS calls,
  count(*) AS inclusive_calls
FROM measured
GROUP BY key
