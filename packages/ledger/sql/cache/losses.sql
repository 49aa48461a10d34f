-- What was lost with the cache, by key: by calls in the lines of cache_rates that neither read nor wrote it, and by those that
-- wrote it. The sum is the same by any dimension.
WITH {{relations}},
losing AS NOT MATERIALIZED (
  SELECT key, {{line}} AS line, input_tokens AS missed_tokens, 0 AS written_tokens
  FROM matching WHERE cache_read_tokens = 0 AND coalesce(cache_write_tokens, 0) = 0 AND {{caching}}
  UNION ALL
  SELECT key, {{line}} AS line, 0 AS missed_tokens, cache_write_tokens AS written_tokens
  FROM matching WHERE cache_write_tokens > 0
),
losses AS MATERIALIZED (
  SELECT
    key,
    sum(missed_tokens * lost_by_miss) AS to_misses,
    sum(if(written_tokens > 0, written_tokens * lost_by_write, 0)) AS to_unread_writes
  FROM losing JOIN cache_rates USING (line)
  GROUP BY key
),
-- Of all keys, and of those that are shown.
asked AS (
  SELECT NULL AS key, sum(to_misses) AS to_misses, sum(to_unread_writes) AS to_unread_writes FROM losses
  UNION ALL
  SELECT key, to_misses, to_unread_writes FROM losses SEMI JOIN (SELECT unnest($shown) AS key) USING (key)
)
SELECT
  key,
  round(to_misses, 6)::DECIMAL(38, 12) AS lost_to_misses,
  round(to_unread_writes, 6)::DECIMAL(38, 12) AS lost_to_unread_writes
FROM asked
