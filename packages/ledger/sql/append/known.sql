-- Where the ledger already has spans of the traces in this batch. Spans of one trace start within a day of each other; the
-- bounds let DuckDB skip every row group outside them.
-- Each span once: a hostile sender may have stored one many times, days apart, and joins by span would multiply it. The
-- earliest is the one that is settled again.
CREATE OR REPLACE TEMP TABLE known AS
SELECT DISTINCT ON (trace_id, span_id) held_in, row_id, trace_id, span_id
FROM (
  SELECT 'calls' AS held_in, stored.rowid AS row_id, stored.trace_id, stored.span_id, stored.started
  FROM storage.calls AS stored
  SEMI JOIN incoming USING (trace_id)
  WHERE stored.started BETWEEN $earliest AND $latest
  UNION ALL
  SELECT 'uncounted', stored.rowid, stored.trace_id, stored.span_id, stored.started
  FROM storage.uncounted AS stored
  SEMI JOIN incoming USING (trace_id)
  WHERE stored.started BETWEEN $earliest AND $latest
)
ORDER BY trace_id, span_id, started;
