-- What counts in a table of its own, and what is grouped by in a column of its own.

-- What is counted: every call once. Views read nothing else, so that no row has to be passed over.
-- What may be grouped by is '' where it is unknown, and never NULL: grouping a column without NULLs is five times faster.
CREATE TABLE storage.calls (
  trace_id UUID NOT NULL,
  span_id UBIGINT NOT NULL,
  parent_span_id UBIGINT,
  started TIMESTAMP NOT NULL,
  -- Hours since 1970: slots of time without a division a row.
  hour INTEGER NOT NULL,
  duration_us BIGINT NOT NULL,
  -- See src/percentiles.ts.
  duration_bucket USMALLINT NOT NULL,
  name VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  error_type VARCHAR NOT NULL,
  service VARCHAR NOT NULL,
  service_version VARCHAR NOT NULL,
  environment VARCHAR NOT NULL,
  operation VARCHAR NOT NULL,
  provider VARCHAR NOT NULL,
  model VARCHAR NOT NULL,
  request_model VARCHAR NOT NULL,
  agent VARCHAR NOT NULL,
  conversation VARCHAR NOT NULL,
  streaming BOOLEAN,
  first_chunk_us BIGINT,
  first_chunk_bucket USMALLINT NOT NULL,
  attempts BIGINT,
  usage_missing VARCHAR NOT NULL,
  input_tokens BIGINT,
  cache_read_tokens BIGINT,
  cache_write_tokens BIGINT,
  output_tokens BIGINT,
  reasoning_tokens BIGINT,
  tool_requests BIGINT,
  cost DECIMAL(18, 12),
  list_cost DECIMAL(18, 12),
  cache_savings DECIMAL(18, 12),
  cost_input DECIMAL(18, 12),
  cost_cache_read DECIMAL(18, 12),
  cost_cache_write DECIMAL(18, 12),
  cost_output DECIMAL(18, 12),
  cost_audio DECIMAL(18, 12),
  cost_image DECIMAL(18, 12),
  cost_tools DECIMAL(18, 12),
  cost_requests DECIMAL(18, 12),
  cost_source VARCHAR NOT NULL,
  price VARCHAR NOT NULL,
  unpriced VARCHAR NOT NULL,
  organization VARCHAR NOT NULL,
  application VARCHAR NOT NULL,
  feature VARCHAR NOT NULL,
  owner VARCHAR NOT NULL,
  tenant VARCHAR NOT NULL,
  team VARCHAR NOT NULL,
  workflow VARCHAR NOT NULL,
  endpoint VARCHAR NOT NULL,
  plan VARCHAR NOT NULL,
  customer_tier VARCHAR NOT NULL,
  cost_center VARCHAR NOT NULL,
  user_id VARCHAR NOT NULL,
  revenue DECIMAL(18, 6),
  -- Every other business key, as JSON; the first of them also in a column each, which storage.business_keys names.
  business VARCHAR,
  business_1 VARCHAR NOT NULL DEFAULT '',
  business_2 VARCHAR NOT NULL DEFAULT '',
  business_3 VARCHAR NOT NULL DEFAULT '',
  business_4 VARCHAR NOT NULL DEFAULT '',
  business_5 VARCHAR NOT NULL DEFAULT '',
  business_6 VARCHAR NOT NULL DEFAULT '',
  business_7 VARCHAR NOT NULL DEFAULT '',
  business_8 VARCHAR NOT NULL DEFAULT '',
  business_9 VARCHAR NOT NULL DEFAULT '',
  business_10 VARCHAR NOT NULL DEFAULT '',
  business_11 VARCHAR NOT NULL DEFAULT '',
  business_12 VARCHAR NOT NULL DEFAULT '',
  business_13 VARCHAR NOT NULL DEFAULT '',
  business_14 VARCHAR NOT NULL DEFAULT '',
  business_15 VARCHAR NOT NULL DEFAULT '',
  business_16 VARCHAR NOT NULL DEFAULT '',
  outcomes VARCHAR,
  -- Settled from the whole trace when a batch touches it; see sql/append/settle.sql.
  previous_in_run TIMESTAMP,
  outer_workflows STRUCT(workflow VARCHAR, previous_in_run TIMESTAMP)[],
  trace_cost DECIMAL(18, 12),
  trace_calls BIGINT
);

-- What is not: wrappers, which repeat the usage of a call beneath them, and the spans above calls.
CREATE TABLE storage.uncounted AS FROM storage.calls LIMIT 0;
ALTER TABLE storage.uncounted ALTER business_1 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_2 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_3 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_4 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_5 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_6 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_7 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_8 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_9 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_10 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_11 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_12 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_13 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_14 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_15 SET DEFAULT '';
ALTER TABLE storage.uncounted ALTER business_16 SET DEFAULT '';

CREATE TABLE storage.business_keys (column_number INTEGER NOT NULL, key VARCHAR NOT NULL);

-- The keys of most spans take the columns; src/business-keys.ts gives the others to keys that come later.
INSERT INTO storage.business_keys
SELECT row_number() OVER (ORDER BY spans DESC, key), key
FROM (
  SELECT key, sum(spans) AS spans
  FROM (SELECT unnest(json_keys(business)) AS key, count(*) AS spans FROM storage.spans WHERE business IS NOT NULL GROUP BY business)
  GROUP BY key
)
WHERE regexp_full_match(key, '[A-Za-z][A-Za-z0-9_.-]{0,63}')
QUALIFY row_number() OVER (ORDER BY spans DESC, key) <= 16;

-- In the order in which they lie in the file, which is that of time.
CREATE VIEW storage.divided AS
SELECT
  spans.* REPLACE (TRY_CAST(trace_cost AS DECIMAL(18, 12)) AS trace_cost),
  epoch_us(started) // 3600000000 AS hour,
  1 + floor(log2(greatest(duration_us, 1)) * 64) AS duration_bucket,
  if(first_chunk_us IS NULL, 0, 1 + floor(log2(greatest(first_chunk_us, 1)) * 64)) AS first_chunk_bucket,
  coalesce(json_extract_string(business, paths[1]), '') AS business_1,
  coalesce(json_extract_string(business, paths[2]), '') AS business_2,
  coalesce(json_extract_string(business, paths[3]), '') AS business_3,
  coalesce(json_extract_string(business, paths[4]), '') AS business_4,
  coalesce(json_extract_string(business, paths[5]), '') AS business_5,
  coalesce(json_extract_string(business, paths[6]), '') AS business_6,
  coalesce(json_extract_string(business, paths[7]), '') AS business_7,
  coalesce(json_extract_string(business, paths[8]), '') AS business_8,
  coalesce(json_extract_string(business, paths[9]), '') AS business_9,
  coalesce(json_extract_string(business, paths[10]), '') AS business_10,
  coalesce(json_extract_string(business, paths[11]), '') AS business_11,
  coalesce(json_extract_string(business, paths[12]), '') AS business_12,
  coalesce(json_extract_string(business, paths[13]), '') AS business_13,
  coalesce(json_extract_string(business, paths[14]), '') AS business_14,
  coalesce(json_extract_string(business, paths[15]), '') AS business_15,
  coalesce(json_extract_string(business, paths[16]), '') AS business_16
FROM storage.spans
CROSS JOIN (SELECT list('$."' || key || '"' ORDER BY column_number) AS paths FROM storage.business_keys);

INSERT INTO storage.calls BY NAME FROM storage.divided WHERE role = 'own';
INSERT INTO storage.uncounted BY NAME FROM storage.divided WHERE role <> 'own';

DROP VIEW storage.divided;
DROP TABLE storage.spans;
CREATE VIEW storage.spans AS
FROM storage.calls UNION ALL FROM storage.uncounted;

-- A stored row as people read it.
CREATE MACRO storage.readable(relation) AS TABLE
SELECT
  replace(trace_id::VARCHAR, '-', '') AS trace_id,
  lpad(lower(to_hex(span_id)), 16, '0') AS span_id,
  lpad(lower(to_hex(parent_span_id)), 16, '0') AS parent_span_id,
  started,
  started + to_microseconds(duration_us) AS ended,
  duration_us / 1000 AS duration_ms,
  first_chunk_us / 1000 AS first_chunk_ms,
  * EXCLUDE (
    trace_id, span_id, parent_span_id, started, hour, duration_us, duration_bucket, first_chunk_us, first_chunk_bucket,
    business_1, business_2, business_3, business_4, business_5, business_6, business_7, business_8,
    business_9, business_10, business_11, business_12, business_13, business_14, business_15, business_16,
    previous_in_run, outer_workflows, trace_cost, trace_calls
  ) REPLACE (
    nullif(error_type, '') AS error_type,
    nullif(service, '') AS service,
    nullif(service_version, '') AS service_version,
    nullif(environment, '') AS environment,
    nullif(operation, '') AS operation,
    nullif(provider, '') AS provider,
    nullif(model, '') AS model,
    nullif(request_model, '') AS request_model,
    nullif(agent, '') AS agent,
    nullif(conversation, '') AS conversation,
    nullif(usage_missing, '') AS usage_missing,
    nullif(cost_source, '') AS cost_source,
    nullif(price, '') AS price,
    nullif(unpriced, '') AS unpriced,
    nullif(organization, '') AS organization,
    nullif(application, '') AS application,
    nullif(feature, '') AS feature,
    nullif(owner, '') AS owner,
    nullif(tenant, '') AS tenant,
    nullif(team, '') AS team,
    nullif(workflow, '') AS workflow,
    nullif(endpoint, '') AS endpoint,
    nullif(plan, '') AS plan,
    nullif(customer_tier, '') AS customer_tier,
    nullif(cost_center, '') AS cost_center,
    nullif(user_id, '') AS user_id
  )
FROM query_table(relation);

CREATE OR REPLACE VIEW calls AS FROM storage.readable('storage.calls');
CREATE OR REPLACE VIEW spans AS FROM storage.readable('storage.spans');
