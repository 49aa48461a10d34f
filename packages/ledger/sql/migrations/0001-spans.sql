-- One row a span. Everything outside the schema `storage` is public: the views are what people query.
CREATE SCHEMA storage;

-- What may be grouped by is '' where it is unknown, and never NULL: grouping a column without NULLs is five times faster.
CREATE TABLE storage.spans (
  trace_id UUID NOT NULL,
  span_id UBIGINT NOT NULL,
  parent_span_id UBIGINT,
  started TIMESTAMP NOT NULL,
  duration_us BIGINT NOT NULL,
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
  business VARCHAR,
  outcomes VARCHAR,
  -- Settled from the whole trace when a batch touches it; see sql/append/settle.sql.
  previous_in_run TIMESTAMP,
  outer_workflows STRUCT(workflow VARCHAR, previous_in_run TIMESTAMP)[],
  trace_cost DECIMAL(38, 12),
  trace_calls BIGINT
);

CREATE VIEW spans AS
SELECT
  replace(trace_id::VARCHAR, '-', '') AS trace_id,
  lpad(lower(to_hex(span_id)), 16, '0') AS span_id,
  lpad(lower(to_hex(parent_span_id)), 16, '0') AS parent_span_id,
  started,
  started + to_microseconds(duration_us) AS ended,
  duration_us / 1000 AS duration_ms,
  first_chunk_us / 1000 AS first_chunk_ms,
  * EXCLUDE (
    trace_id, span_id, parent_span_id, started, duration_us, first_chunk_us,
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
FROM storage.spans;

-- What is counted: every call once, without the wrappers that repeat the usage of a call beneath them.
CREATE VIEW calls AS
SELECT * FROM spans WHERE role = 'own';

-- One row a recorded outcome and span.
CREATE VIEW outcomes AS
SELECT * EXCLUDE (outcomes), outcome, TRY_CAST(json_extract_string(outcomes, '$."' || outcome || '"') AS DOUBLE) AS quantity
FROM (SELECT *, unnest(json_keys(outcomes)) AS outcome FROM spans WHERE outcomes IS NOT NULL);

-- The spans of one trace, depth first, each with its own cost and that of all calls beneath it: SELECT * FROM trace_costs('4bf9...').
CREATE MACRO trace_costs(id) AS TABLE
WITH RECURSIVE
-- One row a span: of a hostile sender's there may be copies that start days apart, and paths over those multiply.
trace AS MATERIALIZED (
  SELECT DISTINCT ON (span_id) * FROM storage.spans WHERE trace_id = id::UUID ORDER BY span_id, started
),
tree AS (
  SELECT trace.*, 0 AS depth, [(started, span_id)] AS path
  FROM trace
  WHERE parent_span_id IS NULL OR parent_span_id NOT IN (SELECT span_id FROM trace)
  UNION ALL
  SELECT child.*, depth + 1, list_append(path, (child.started, child.span_id))
  FROM tree
  JOIN trace AS child ON child.parent_span_id = tree.span_id
  WHERE depth < 128
),
beneath AS (
  SELECT span_id AS top, span_id, 0 AS depth FROM trace
  UNION ALL
  SELECT top, child.span_id, depth + 1
  FROM beneath
  JOIN trace AS child ON child.parent_span_id = beneath.span_id
  WHERE depth < 128
),
inclusive AS (
  SELECT top AS span_id, sum(cost) AS inclusive_cost, count(*) AS inclusive_calls
  FROM beneath
  JOIN trace USING (span_id)
  WHERE role = 'own'
  GROUP BY top
)
SELECT
  lpad(lower(to_hex(span_id)), 16, '0') AS span_id,
  lpad(lower(to_hex(parent_span_id)), 16, '0') AS parent_span_id,
  depth, name, role, nullif(service, '') AS service, nullif(model, '') AS model, status, started, duration_us / 1000 AS duration_ms,
  if(role = 'own', cost, NULL) AS cost, inclusive_cost, coalesce(inclusive_calls, 0) AS inclusive_calls,
  nullif(unpriced, '') AS unpriced, nullif(feature, '') AS feature, nullif(tenant, '') AS tenant, nullif(team, '') AS team,
  nullif(workflow, '') AS workflow
FROM tree
LEFT JOIN inclusive USING (span_id)
ORDER BY path;

-- What a conversation cost: its calls, and the calls beneath any span of it, each once.
CREATE MACRO conversation_cost(id) AS TABLE
WITH RECURSIVE beneath AS (
  SELECT trace_id, span_id FROM storage.spans WHERE conversation = id
  UNION
  SELECT child.trace_id, child.span_id
  FROM beneath
  JOIN storage.spans AS child ON child.trace_id = beneath.trace_id AND child.parent_span_id = beneath.span_id
)
SELECT sum(cost) AS inclusive_cost, count(*) AS inclusive_calls
FROM beneath
JOIN storage.spans USING (trace_id, span_id)
WHERE role = 'own';
