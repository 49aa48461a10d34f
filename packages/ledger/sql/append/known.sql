-- Where the ledger already holds spans of the traces in this batch. Spans of one trace start within a day of each other;
-- the bounds let DuckDB skip every row group outside them.
CREATE OR REPLACE TEMP TABLE known AS
SELECT 'calls' AS held_in, stored.rowid AS row_id, stored.trace_id, stored.span_id
FROM storage.calls AS stored
SEMI JOIN incoming USING (trace_id)
WHERE stored.started BETWEEN $earliest AND $latest
UNION ALL
SELECT 'uncounted', stored.rowid, stored.trace_id, stored.span_id
FROM storage.uncounted AS stored
SEMI JOIN incoming USING (trace_id)
WHERE stored.started BETWEEN $earliest AND $latest;
