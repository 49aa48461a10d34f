-- A line is what shares cached prefixes: one model and feature on one day, hashed into one number.
-- Lost to misses: a call that neither read nor wrote the cache, in a line where others read it, could have read the same share.
-- Lost to writes never read: tokens written beyond those read in the line, at what writing costs above plain input.
-- Both are estimates, at the line's own prices, and come to the same whatever they are shown by. Nothing is lost where nothing
-- is cached.
-- Calls of a line that know the same of cache and cost are added up first: grouping by one number is faster than by several.
WITH alike AS (
  SELECT
    any_value(line) AS line,
    any_value(key) AS key,
    sum(input_tokens) AS input_tokens,
    sum(cache_read_tokens) AS read_tokens,
    sum(cache_write_tokens) AS write_tokens,
    sum(cost_input) AS cost_input,
    sum(cost_cache_read) AS cost_cache_read,
    sum(cost_cache_write) AS cost_cache_write
  FROM (SELECT *, {{line}} AS line FROM matching)
  WHERE {{cached}}
  GROUP BY xor(
    line,
    hash(cache_read_tokens > 0, cache_write_tokens > 0, cost_input IS NULL, cost_cache_read IS NULL, cost_cache_write IS NULL)
  )
),
-- What the sum of a group has, each of its calls has.
lines AS (
  SELECT
    line,
    any_value(key) AS key,
    sum(read_tokens) AS read_tokens,
    sum(write_tokens) AS write_tokens,
    sum(input_tokens) FILTER (read_tokens = 0 AND coalesce(write_tokens, 0) = 0) AS missed_tokens,
    sum(input_tokens) FILTER (read_tokens > 0) AS hit_tokens,
    sum(cost_input) / nullif(
      sum(input_tokens - coalesce(read_tokens, 0) - coalesce(write_tokens, 0)) FILTER (cost_input IS NOT NULL), 0
    ) AS input_price,
    sum(cost_cache_read) / nullif(sum(read_tokens) FILTER (cost_cache_read IS NOT NULL), 0) AS read_price,
    sum(cost_cache_write) / nullif(sum(write_tokens) FILTER (cost_cache_write IS NOT NULL), 0) AS write_price
  FROM alike
  GROUP BY line
),
-- What is lost with each token missed, and with each one written.
caching AS (
  SELECT
    line,
    key,
    missed_tokens,
    write_tokens,
    read_tokens / nullif(hit_tokens, 0) * greatest(input_price - read_price, 0) AS lost_by_miss,
    greatest(1 - coalesce(read_tokens, 0) / nullif(write_tokens, 0), 0) * greatest(write_price - input_price, 0) AS lost_by_write
  FROM lines
  WHERE read_tokens > 0 OR write_tokens > 0
),
losses AS MATERIALIZED (
  SELECT
    key,
    sum(coalesce(missed_tokens, 0) * lost_by_miss) AS to_misses,
    coalesce(sum(write_tokens * lost_by_write), 0) AS to_unread_writes
  FROM ({{tokens}})
  GROUP BY key
),
-- Of all keys, and of those that are shown.
asked AS (
  SELECT NULL AS key, sum(to_misses) AS to_misses, coalesce(sum(to_unread_writes), 0) AS to_unread_writes FROM losses
  UNION ALL
  SELECT key, to_misses, to_unread_writes FROM losses SEMI JOIN (SELECT unnest($shown) AS key) USING (key)
)
SELECT
  key,
  round(to_misses, 6)::DECIMAL(38, 12) AS lost_to_misses,
  round(to_unread_writes, 6)::DECIMAL(38, 12) AS lost_to_unread_writes
FROM asked
