-- Every span of every trace in this batch, each once, stored (held_in, row_id) or new (position).
CREATE OR REPLACE TEMP TABLE touched AS
SELECT
  'calls' AS held_in, stored.rowid AS row_id, NULL AS position, trace_id, span_id, parent_span_id, started, role, cost, workflow,
  previous_in_run, outer_workflows, trace_cost, trace_calls, trace_minutes
FROM storage.calls AS stored
WHERE stored.rowid IN (SELECT row_id FROM known WHERE held_in = 'calls')
UNION ALL
SELECT
  'uncounted', stored.rowid, NULL, trace_id, span_id, parent_span_id, started, role, cost, workflow,
  previous_in_run, outer_workflows, trace_cost, trace_calls, trace_minutes
FROM storage.uncounted AS stored
WHERE stored.rowid IN (SELECT row_id FROM known WHERE held_in = 'uncounted')
UNION ALL
SELECT NULL, NULL, position, trace_id, span_id, parent_span_id, started, role, cost, workflow, NULL, NULL, NULL, NULL, NULL
FROM incoming;
