-- One row a span. Everything outside the schema `storage` is public: the views are what people query.
CREATE SCHEMA storage;

CREATE TABLE storage.spans (
  trace_id UUID NOT NULL,
  span_id UBIGINT NOT NULL,
  parent_span_id UBIGINT,
  started TIMESTAMP NOT NULL,
  duration_us BIGINT NOT NULL,
  name VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  error_type VARCHAR,
  service VARCHAR,
  service_version VARCHAR,
  environment VARCHAR,
  operation VARCHAR,
  provider VARCHAR,
  model VARCHAR,
  request_model VARCHAR,
  agent VARCHAR,
  conversation VARCHAR,
  streaming BOOLEAN,
  first_chunk_us BIGINT,
  attempts BIGINT,
  usage_missing VARCHAR,
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
  cost_source VARCHAR,
  price VARCHAR,
  unpriced VARCHAR,
  organization VARCHAR,
  application VARCHAR,
  feature VARCHAR,
  owner VARCHAR,
  tenant VARCHAR,
  team VARCHAR,
  workflow VARCHAR,
  endpoint VARCHAR,
  plan VARCHAR,
  customer_tier VARCHAR,
  cost_center VARCHAR,
  user_id VARCHAR,
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
  )
FROM storage.spans;

-- What is counted: every call once, without the wrappers that repeat the usage of a call beneath them.
CREATE VIEW calls AS
SELECT * FROM spans WHERE role = 'own';

-- One row a recorded outcome and span.
CREATE VIEW outcomes AS
SELECT * EXCLUDE (outcomes), outcome, TRY_CAST(json_extract_string(outcomes, '$."' || outcome || '"') AS DOUBLE) AS quantity
FROM (SELECT *, unnest(json_keys(outcomes)) AS outcome FROM spans WHERE outcomes IS NOT NULL);
