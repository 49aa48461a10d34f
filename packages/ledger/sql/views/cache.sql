-- A line is what shares cached prefixes: one model and feature on one day (`line` is what of these `key` is not).
-- Lost to misses: a call that neither read nor wrote the cache, in a line where others read it, could have read the same share.
-- Lost to writes never read: tokens written beyond those read in the line, at what writing costs above plain input.
-- Both are estimates, at the line's own prices; what was saved is exact.
WITH lines AS (
  SELECT
    key,
    sum(cost) AS cost,
    count(*) AS calls,
    sum(cache_savings) AS saved,
    sum(input_tokens) FILTER (WHERE cache_read_tokens IS NOT NULL) AS input_tokens,
    sum(cache_read_tokens) AS read_tokens,
    sum(cache_write_tokens) AS write_tokens,
    sum(input_tokens) FILTER (WHERE cache_read_tokens > 0) AS hit_tokens,
    sum(input_tokens) FILTER (WHERE cache_read_tokens = 0 AND coalesce(cache_write_tokens, 0) = 0) AS missed_tokens,
    sum(cost_input) / nullif(sum(input_tokens - coalesce(cache_read_tokens, 0) - coalesce(cache_write_tokens, 0))
      FILTER (WHERE cost_input IS NOT NULL), 0) AS input_price,
    sum(cost_cache_read) / nullif(sum(cache_read_tokens) FILTER (WHERE cost_cache_read IS NOT NULL), 0) AS read_price,
    sum(cost_cache_write) / nullif(sum(cache_write_tokens) FILTER (WHERE cost_cache_write IS NOT NULL), 0) AS write_price
  FROM matching
  GROUP BY key, {{line}}, started::DATE
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
FROM lines
GROUP BY key
