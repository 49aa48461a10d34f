-- Every span of every trace in this batch, each once: stored (held_in, row_id) or new (position).
-- The stored spans of very long traces are left out, as settling them again with each batch would take ever longer.
CREATE OR REPLACE TEMP TABLE touched AS
WITH again AS (
  FROM known
  WHERE trace_id NOT IN (SELECT trace_id FROM known GROUP BY trace_id HAVING count(*) > $longest)
)
SELECT
  'calls' AS held_in, stored.rowid AS row_id, NULL AS position, trace_id, span_id, parent_span_id, started, duration_us, service, role, operation, cost, input_tokens, output_tokens, workflow,
  previous_in_run, outer_workflows, trace_cost, trace_calls, trace_minutes
FROM storage.calls AS stored
WHERE stored.rowid IN (SELECT row_id FROM again WHERE held_in = 'calls')
UNION ALL
SELECT
  'uncounted', stored.rowid, NULL, trace_id, span_id, parent_span_id, started, duration_us, service, role, operation, cost, input_tokens, output_tokens, workflow,
  previous_in_run, outer_workflows, trace_cost, trace_calls, trace_minutes
FROM storage.uncounted AS stored
WHERE stored.rowid IN (SELECT row_id FROM again WHERE held_in = 'uncounted')
UNION ALL
SELECT NULL, NULL, position, trace_id, span_id, parent_span_id, started, duration_us, service, role, operation, cost, input_tokens, output_tokens, workflow, NULL, NULL, NULL, NULL, NULL
FROM incoming;
