-- Outcomes are recorded on any span, of a call or not. Their cost is that of all calls with the same key.
WITH spent AS (
  SELECT key, sum(cost) AS cost, count(*) AS calls FROM matching GROUP BY key
),
alike AS (
  SELECT key, outcomes, count(*) AS spans FROM matching_spans WHERE outcomes IS NOT NULL GROUP BY key, outcomes
),
recorded AS (
  SELECT key, entry.key AS outcome, sum(spans * entry.value) AS outcomes
  FROM (SELECT *, unnest(map_entries(outcomes::JSON::MAP(VARCHAR, DOUBLE))) AS entry FROM alike)
  GROUP BY ALL
)
SELECT coalesce(spent.key, recorded.key) AS key, outcome, outcomes, cost, calls
FROM spent
FULL JOIN recorded ON spent.key = recorded.key
