WITH dearest AS MATERIALIZED (
  SELECT * FROM candidates ORDER BY cost DESC NULLS LAST, trace_id LIMIT $limit
)
SELECT
  replace(dearest.trace_id::VARCHAR, '-', '') AS trace_id,
  any_value(dearest.cost) AS cost,
  any_value(dearest.calls) AS calls,
  arg_min(name, (started, span_id)) AS name,
  min(started) AS started,
  max(epoch_us(started) + duration_us) - min(epoch_us(started)) AS elapsed_us,
  string_agg(DISTINCT feature, ', ' ORDER BY feature) AS features,
  string_agg(DISTINCT tenant, ', ' ORDER BY tenant) AS tenants,
  string_agg(DISTINCT model, ', ' ORDER BY model) AS models,
  count(*) FILTER (WHERE role = 'own' AND status = 'error') AS errors,
  (SELECT count(*) FROM candidates) AS total_rows,
  (SELECT sum(cost) FROM candidates) AS total_cost,
  (SELECT sum(calls)::BIGINT FROM candidates) AS total_calls
FROM storage.spans AS stored
JOIN dearest USING (trace_id)
GROUP BY dearest.trace_id
