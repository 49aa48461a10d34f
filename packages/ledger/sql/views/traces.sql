-- The most expensive traces, and the totals of all. src/describe-traces.ts adds the rest for the traces that are shown.
WITH dearest AS MATERIALIZED (
  SELECT * FROM candidates ORDER BY cost DESC NULLS LAST, trace_id LIMIT $limit
),
whole AS MATERIALIZED (
  SELECT count(*) AS total_rows, sum(cost) AS total_cost, sum(calls)::BIGINT AS total_calls
  FROM candidates
)
SELECT replace(trace_id::VARCHAR, '-', '') AS trace_id, cost, calls, started, trace_minutes, total_rows, total_cost, total_calls
FROM dearest
CROSS JOIN whole
