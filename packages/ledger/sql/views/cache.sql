-- What was saved is exact. What was lost is an estimate, which src/cache-losses.ts adds. Keys that always read the cache lose
-- nothing to misses, and keys that never write it lose nothing to writes.
SELECT
  -- The price engine says nothing of calls that don't use the cache: they saved nothing.
  * REPLACE (coalesce(saved, if(cache_read_tokens = 0 AND coalesce(cache_write_tokens, 0) = 0, 0, NULL)) AS saved),
  cacheable_tokens - coalesce(cache_read_tokens, 0) - coalesce(cache_write_tokens, 0) AS uncached_tokens,
  if(cache_read_tokens > 0, 0, NULL)::DECIMAL(38, 12) AS lost_to_misses,
  if(cache_write_tokens > 0, NULL, 0)::DECIMAL(38, 12) AS lost_to_unread_writes
FROM (
  SELECT
    key,
    sum(cost) AS cost,
    count(*) AS calls,
    count(cost) AS priced_calls,
    sum(cache_savings) AS saved,
    sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens,
    sum(if(cache_read_tokens IS NULL AND cache_write_tokens IS NULL, NULL, input_tokens)) AS cacheable_tokens
  FROM matching
  GROUP BY key
)
