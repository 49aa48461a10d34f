-- Each span into the table where it belongs, in order of time: that is what lets a range of time skip the rest.
INSERT INTO storage.calls BY NAME
SELECT
  incoming.* REPLACE (settled.role AS role),
  settled.previous_in_run, settled.outer_workflows, settled.trace_cost, settled.trace_calls
FROM incoming
JOIN settled USING (trace_id, span_id)
WHERE settled.role = 'own'
ORDER BY incoming.started;

INSERT INTO storage.uncounted BY NAME
SELECT
  incoming.* REPLACE (settled.role AS role),
  settled.previous_in_run, settled.outer_workflows, settled.trace_cost, settled.trace_calls
FROM incoming
JOIN settled USING (trace_id, span_id)
WHERE settled.role <> 'own'
ORDER BY incoming.started;
