-- Stored spans that this batch has told more about.
UPDATE storage.spans AS stored
SET
  role = settled.role,
  previous_in_run = settled.previous_in_run,
  outer_workflows = settled.outer_workflows,
  trace_cost = settled.trace_cost,
  trace_calls = settled.trace_calls
FROM settled
WHERE stored.rowid = settled.row_id AND settled.changed;
