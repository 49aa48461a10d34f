-- A line is what shares cached prefixes: one model and feature on one day, and with it the `key`, hashed into one number.
-- Lost to misses: a call that neither read nor wrote the cache, in a line where others read it, could have read the same share.
-- Lost to writes never read: tokens written beyond those read in the line, at what writing costs above plain input.
-- Both are estimates, at the line's own prices; what was saved is exact.
WITH alike AS (
  SELECT
    {{line}} AS line,
    cache_read_tokens IS NOT NULL AS reports_cache,
    cost_input IS NOT NULL AS has_input_cost,
    any_value(key) AS key,
    sum(cost) AS cost,
    count(*) AS calls,
    sum(cache_savings) AS saved,
    sum(input_tokens) AS input_tokens,
    sum(cost_input) AS cost_input,
    count(cache_write_tokens) AS reports_writes
  FROM matching
  GROUP BY line, reports_cache, has_input_cost
),
lines AS (
  SELECT
    line,
    any_value(key) AS key,
    sum(cost) AS cost,
    sum(calls) AS calls,
    sum(saved) AS saved,
    sum(input_tokens) FILTER (reports_cache) AS input_tokens,
    sum(input_tokens) FILTER (has_input_cost) AS input_tokens_with_cost,
    sum(cost_input) AS cost_input,
    bool_or(reports_cache) AS reports_reads,
    sum(reports_writes) > 0 AS reports_writes
  FROM alike
  GROUP BY line
),
-- Only the calls that used the cache: the others read and wrote nothing.
cached_alike AS (
  SELECT
    {{line}} AS line,
    cache_read_tokens IS NOT NULL AS reports_reads,
    cache_read_tokens > 0 AS has_read,
    cost_input IS NOT NULL AS has_input_cost,
    cost_cache_read IS NOT NULL AS has_read_cost,
    cost_cache_write IS NOT NULL AS has_write_cost,
    sum(cache_read_tokens) AS read_tokens,
    sum(cache_write_tokens) AS write_tokens,
    sum(input_tokens) AS input_tokens,
    sum(cost_cache_read) AS cost_cache_read,
    sum(cost_cache_write) AS cost_cache_write
  FROM matching
  WHERE cache_read_tokens > 0 OR cache_write_tokens > 0
  GROUP BY line, reports_reads, has_read, has_input_cost, has_read_cost, has_write_cost
),
cached AS (
  SELECT
    line,
    sum(read_tokens) AS read_tokens,
    sum(write_tokens) AS write_tokens,
    sum(input_tokens) FILTER (reports_reads) AS used_tokens,
    sum(input_tokens) FILTER (has_read) AS hit_tokens,
    sum(coalesce(read_tokens, 0) + coalesce(write_tokens, 0)) FILTER (has_input_cost) AS not_plain_tokens,
    sum(cost_cache_read) / nullif(sum(read_tokens) FILTER (has_read_cost), 0) AS read_price,
    sum(cost_cache_write) / nullif(sum(write_tokens) FILTER (has_write_cost), 0) AS write_price
  FROM cached_alike
  GROUP BY line
),
settled_lines AS (
  SELECT
    key, cost, calls, saved, input_tokens,
    if(reports_reads, coalesce(read_tokens, 0), read_tokens) AS read_tokens,
    if(reports_writes, coalesce(write_tokens, 0), write_tokens) AS write_tokens,
    input_tokens - coalesce(used_tokens, 0) AS missed_tokens,
    hit_tokens,
    cost_input / nullif(input_tokens_with_cost - coalesce(not_plain_tokens, 0), 0) AS input_price,
    read_price,
    write_price
  FROM lines
  LEFT JOIN cached USING (line)
)
SELECT
  key,
  sum(cost) AS cost,
  sum(calls) AS calls,
  sum(input_tokens) AS cacheable_tokens,
  sum(read_tokens) AS cache_read_tokens,
  sum(write_tokens) AS cache_write_tokens,
  sum(input_tokens - coalesce(read_tokens, 0) - coalesce(write_tokens, 0)) AS uncached_tokens,
  sum(saved) AS saved,
  round(sum(missed_tokens * (read_tokens / hit_tokens) * greatest(input_price - read_price, 0)), 6)::DECIMAL(38, 12)
    AS lost_to_misses,
  round(sum(greatest(write_tokens - coalesce(read_tokens, 0), 0) * greatest(write_price - input_price, 0)), 6)::DECIMAL(38, 12)
    AS lost_to_unread_writes
FROM settled_lines
GROUP BY key
