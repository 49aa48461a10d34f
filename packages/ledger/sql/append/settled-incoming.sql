-- The new spans, in order of time.
SELECT position, settled.role, previous_in_run, outer_workflows, trace_cost, trace_calls, minutes
FROM settled
JOIN incoming USING (position)
ORDER BY incoming.started;
