-- Slots of whole minutes, hours or days are counted first; only those are rounded down to a week or a month.
WITH series AS MATERIALIZED (
  SELECT
    {{slot}} AS slot,
    key,
    sum(cost) AS cost,
    count(*) AS calls,
    sum(input_tokens) AS input_tokens,
    sum(output_tokens) AS output_tokens,
    sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens
  FROM matching
  GROUP BY slot, key
),
-- The dearest keys of the whole range have a line of their own; the rest is one line, `other`.
ranked AS (
  SELECT key, row_number() OVER (ORDER BY sum(cost) DESC NULLS LAST, sum(calls) DESC, key) AS rank
  FROM series
  GROUP BY key
)
SELECT
  date_trunc($bucket, make_timestamp(slot * {{microseconds}})) AS bucket,
  if(rank <= $keys, key, '') AS key,
  rank > $keys AS other,
  sum(cost) AS cost,
  sum(calls) AS calls,
  sum(input_tokens) AS input_tokens,
  sum(output_tokens) AS output_tokens,
  sum(cache_read_tokens) AS cache_read_tokens,
  sum(cache_write_tokens) AS cache_write_tokens
FROM series
JOIN ranked USING (key)
GROUP BY bucket, if(rank <= $keys, key, ''), other
