INSERT INTO storage.spans
SELECT
  incoming.* REPLACE (settled.role AS role),
  settled.previous_in_run, settled.outer_workflows, settled.trace_cost, settled.trace_calls
FROM incoming
JOIN settled USING (trace_id, span_id)
ORDER BY incoming.started;
