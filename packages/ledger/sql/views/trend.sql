-- Calls are grouped by slots of whole minutes, hours or days first; only those are rounded down to weeks or months.
-- A call of the previous period goes to the slot of the range that is as far from its start.
-- `moment` is a slot and whether it is of the previous period. Grouping by one number, a hash of key and moment, is faster than
-- by two columns; the odds that two of 30,000 groups have the same number are 1 in 40 billion.
WITH series AS MATERIALIZED (
  SELECT
    any_value(moment) % 2 = 1 AS before,
    any_value(moment) // 2 AS slot,
    any_value(key) AS key,
    sum(cost) AS cost,
    count(*) AS calls,
    sum(input_tokens) AS input_tokens,
    sum(output_tokens) AS output_tokens,
    sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens
  FROM (SELECT *, {{slot}} * 2 + ({{before}})::BIGINT AS moment FROM matching)
  GROUP BY xor(hash(key), hash(moment))
),
-- The most expensive keys of the whole range have a line of their own; the rest is one line, `other`.
ranked AS (
  SELECT
    key,
    row_number() OVER (
      ORDER BY sum(cost) FILTER (NOT before) DESC NULLS LAST, sum(calls) FILTER (NOT before) DESC NULLS LAST, key
    ) AS rank
  FROM series
  GROUP BY key
)
-- Counts are doubles, as they are returned as such: JavaScript reads tens of thousands of rows of those in half the time.
SELECT
  date_trunc($bucket, make_timestamp(slot * {{microseconds}})) AS bucket,
  if(rank <= $keys, key, '') AS key,
  rank > $keys AS other,
  sum(cost) FILTER (NOT before) AS cost,
  (sum(calls) FILTER (NOT before))::DOUBLE AS calls,
  (sum(input_tokens) FILTER (NOT before))::DOUBLE AS input_tokens,
  (sum(output_tokens) FILTER (NOT before))::DOUBLE AS output_tokens,
  (sum(cache_read_tokens) FILTER (NOT before))::DOUBLE AS cache_read_tokens,
  (sum(cache_write_tokens) FILTER (NOT before))::DOUBLE AS cache_write_tokens,
  if(grouping(bucket) = 1, sum(calls) FILTER (NOT before AND series.key = ''), NULL) AS untagged_calls,
  if(grouping(bucket) = 1, sum(cost) FILTER (NOT before AND series.key = ''), NULL) AS untagged_cost,
  if(count(*) FILTER (before) = 0, 0, sum(cost) FILTER (before)) AS previous_cost
FROM series
JOIN ranked USING (key)
-- The row without a bucket has the totals.
GROUP BY GROUPING SETS ((bucket, if(rank <= $keys, key, ''), other), ())
