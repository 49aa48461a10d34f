-- What only its whole trace can tell about a span, for every span of the traces in this batch.
CREATE OR REPLACE TEMP TABLE settled AS
WITH RECURSIVE
-- Each call with each span above it, and whether a tool or an agent runs between them. The depth is limited, because of
-- cycles and hostile senders.
above AS (
  SELECT trace_id, span_id, parent_span_id AS above_id, 1 AS depth, false AS in_run
  FROM touched
  WHERE role <> 'ancestor' AND parent_span_id IS NOT NULL
  UNION ALL
  SELECT
    above.trace_id, above.span_id, parent.parent_span_id, depth + 1,
    in_run OR (parent.role = 'ancestor' AND parent.operation IN ('execute_tool', 'invoke_agent'))
  FROM above
  JOIN touched AS parent ON parent.trace_id = above.trace_id AND parent.span_id = above.above_id
  WHERE depth < 128 AND parent.parent_span_id IS NOT NULL
),
-- How much each call reports: 3 its cost, 2 its usage, 1 only that it took place.
reports AS (
  SELECT
    trace_id, span_id, service, started, started + to_microseconds(nullif(duration_us, 0)) AS ended,
    CASE WHEN cost IS NOT NULL THEN 3 WHEN input_tokens > 0 OR output_tokens > 0 THEN 2 ELSE 1 END AS reported,
    regexp_matches(lower(nullif(operation, '')), '^(embed|rerank)') AS is_look_up
  FROM touched
  WHERE role = 'own'
),
-- A call with a call below it that reports as much is a wrapper: it repeats the usage of that one, and isn't counted.
-- It doesn't repeat calls of a tool or an agent that it asked for, nor look-ups before its answer, nor calls that the same
-- service started after it had ended (its span was left active).
beneath AS (
  SELECT above.trace_id, above.above_id AS span_id, max(inside.reported) AS reported_beneath
  FROM above
  JOIN reports AS inside USING (trace_id, span_id)
  JOIN reports AS outside ON outside.trace_id = above.trace_id AND outside.span_id = above.above_id
  WHERE above.above_id <> above.span_id AND NOT in_run
    AND (outside.is_look_up <> inside.is_look_up) IS NOT TRUE
    AND (outside.reported > 1 AND outside.service = inside.service AND inside.started >= outside.ended) IS NOT TRUE
  GROUP BY ALL
),
roles AS (
  SELECT touched.* REPLACE (if(reported_beneath >= reported, 'wrapper', role) AS role)
  FROM touched
  LEFT JOIN reports USING (trace_id, span_id)
  LEFT JOIN beneath USING (trace_id, span_id)
),
-- For each counted call, its nearest wrapper: the span of the framework above an SDK, of the caller of a gateway.
wrappers AS (
  SELECT above.trace_id, above.span_id, arg_min(above.above_id, depth) AS wrapper_id
  FROM above
  JOIN roles AS inside USING (trace_id, span_id)
  JOIN roles AS outside ON outside.trace_id = above.trace_id AND outside.span_id = above.above_id
  WHERE inside.role = 'own' AND outside.role = 'wrapper' AND NOT in_run
  GROUP BY ALL
),
counted AS (
  SELECT
    roles.trace_id, roles.span_id, roles.started, roles.cost, wrapper_id,
    if(roles.workflow = '', coalesce(outside.workflow, ''), roles.workflow) AS workflow
  FROM roles
  LEFT JOIN wrappers USING (trace_id, span_id)
  LEFT JOIN roles AS outside ON outside.trace_id = roles.trace_id AND outside.span_id = wrapper_id
  WHERE roles.role = 'own'
),
-- The workflows a call counts in: its own, and those it is called from.
memberships AS (
  SELECT trace_id, span_id, started, workflow, true AS own FROM counted WHERE workflow <> ''
  UNION ALL
  SELECT DISTINCT counted.trace_id, counted.span_id, counted.started, outside.workflow, false
  FROM counted
  JOIN above USING (trace_id, span_id)
  JOIN touched AS outside ON outside.trace_id = above.trace_id AND outside.span_id = above.above_id
  WHERE outside.workflow <> '' AND outside.workflow <> counted.workflow
),
-- A run is a workflow in a trace. The time of its previous call in the run says of each call whether it is the run's first
-- in any given range.
runs AS (
  SELECT *, lag(started) OVER (PARTITION BY trace_id, workflow ORDER BY started, span_id) AS previous_in_run
  FROM memberships
),
own_runs AS (
  SELECT trace_id, span_id, previous_in_run FROM runs WHERE own
),
outer_runs AS (
  SELECT
    trace_id, span_id,
    list(struct_pack(workflow := workflow, previous_in_run := previous_in_run) ORDER BY workflow) AS outer_workflows
  FROM runs
  WHERE NOT own
  GROUP BY trace_id, span_id
),
-- The total of a trace, which is stored with its first call.
traces AS (
  SELECT trace_id, arg_min(span_id, (started, span_id)) AS span_id, TRY_CAST(sum(cost) AS DECIMAL(18, 12)) AS trace_cost, count(*) AS trace_calls
  FROM counted
  GROUP BY trace_id
),
-- When the first and the last span of a trace start. Each span stores from it within how many minutes the others start, at
-- most a day's.
extents AS (
  SELECT trace_id, epoch_us(min(started)) AS first, epoch_us(max(started)) AS last FROM touched GROUP BY trace_id
)
SELECT
  stored.held_in, stored.row_id, stored.position, stored.trace_id, stored.span_id, counted.wrapper_id, roles.role, own_runs.previous_in_run, outer_runs.outer_workflows,
  traces.trace_cost, coalesce(traces.trace_calls, 0) AS trace_calls,
  least(1 + greatest(epoch_us(stored.started) - first, last - epoch_us(stored.started)) // 60000000, 1440) AS minutes,
  roles.role IS DISTINCT FROM stored.role
    OR (roles.role = 'own') <> (stored.held_in = 'calls')
    OR own_runs.previous_in_run IS DISTINCT FROM stored.previous_in_run
    OR outer_runs.outer_workflows IS DISTINCT FROM stored.outer_workflows
    OR traces.trace_cost IS DISTINCT FROM stored.trace_cost
    OR coalesce(traces.trace_calls, 0) IS DISTINCT FROM stored.trace_calls
    OR minutes > stored.trace_minutes AS changed
FROM roles
JOIN touched AS stored USING (trace_id, span_id)
JOIN extents USING (trace_id)
LEFT JOIN own_runs USING (trace_id, span_id)
LEFT JOIN outer_runs USING (trace_id, span_id)
LEFT JOIN traces USING (trace_id, span_id)
LEFT JOIN counted USING (trace_id, span_id);
