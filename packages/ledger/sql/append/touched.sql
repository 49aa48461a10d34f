-- Every span of every trace in this batch, stored (row_id) or new (no row_id).
CREATE OR REPLACE TEMP TABLE touched AS
SELECT
  stored.rowid AS row_id, trace_id, span_id, parent_span_id, started, role, cost, workflow,
  previous_in_run, outer_workflows, trace_cost, trace_calls
FROM storage.spans AS stored
WHERE stored.rowid IN (SELECT row_id FROM known)
UNION ALL
SELECT NULL, trace_id, span_id, parent_span_id, started, role, cost, workflow, NULL, NULL, NULL, NULL
FROM incoming;
