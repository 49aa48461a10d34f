-- Outcomes are recorded on any span, calls or not; what they cost is the cost of the calls with the same key.
WITH spent AS (
  SELECT key, sum(cost) AS cost, count(*) AS calls FROM matching GROUP BY key
),
alike AS (
  SELECT key, outcomes, count(*) AS spans FROM matching_spans WHERE outcomes IS NOT NULL GROUP BY key, outcomes
),
recorded AS (
  SELECT key, outcome, sum(spans * json_extract(outcomes, '$."' || outcome || '"')::DOUBLE) AS outcomes
  FROM (SELECT *, unnest(json_keys(outcomes)) AS outcome FROM alike)
  GROUP BY key, outcome
)
SELECT coalesce(spent.key, recorded.key) AS key, outcome, outcomes, cost, calls
FROM spent
FULL JOIN recorded ON spent.key = recorded.key
