WITH dearest AS MATERIALIZED (
  SELECT * FROM candidates WHERE calls IS NOT NULL ORDER BY cost DESC NULLS LAST, trace_id LIMIT $limit
),
whole AS MATERIALIZED (
  SELECT count(calls) AS total_rows, sum(cost) AS total_cost, sum(calls)::BIGINT AS total_calls FROM candidates
),
-- Only then are the wide columns read, and only of the rows that are shown.
shown AS MATERIALIZED (
  SELECT 'calls' AS held_in, rowid AS row_id FROM storage.calls SEMI JOIN dearest USING (trace_id)
  UNION ALL
  SELECT 'uncounted', rowid FROM storage.uncounted SEMI JOIN dearest USING (trace_id)
),
shown_spans AS (
  FROM storage.calls AS stored WHERE stored.rowid IN (SELECT row_id FROM shown WHERE held_in = 'calls')
  UNION ALL
  FROM storage.uncounted AS stored WHERE stored.rowid IN (SELECT row_id FROM shown WHERE held_in = 'uncounted')
)
SELECT
  replace(dearest.trace_id::VARCHAR, '-', '') AS trace_id,
  any_value(dearest.cost) AS cost,
  any_value(dearest.calls) AS calls,
  arg_min(name, (started, span_id)) AS name,
  min(started) AS started,
  max(epoch_us(started) + duration_us) - min(epoch_us(started)) AS elapsed_us,
  string_agg(DISTINCT nullif(feature, ''), ', ' ORDER BY nullif(feature, '')) AS features,
  string_agg(DISTINCT nullif(tenant, ''), ', ' ORDER BY nullif(tenant, '')) AS tenants,
  string_agg(DISTINCT nullif(model, ''), ', ' ORDER BY nullif(model, '')) AS models,
  count(*) FILTER (WHERE role = 'own' AND status = 'error') AS errors,
  any_value(total_rows) AS total_rows,
  any_value(total_cost) AS total_cost,
  any_value(total_calls) AS total_calls
FROM shown_spans
JOIN dearest USING (trace_id)
CROSS JOIN whole
GROUP BY dearest.trace_id
