-- Slots of whole minutes, hours or days are counted first; only those are rounded down to a week or a month.
-- A call of the period before stands in the slot of the range that is as far from its start.
-- A moment is a slot and whether it is before. Grouping by one number, a hash of both, is faster than by two columns;
-- of 30,000 groups two have the same number once in 40 billion times.
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
-- The dearest keys of the whole range have a line of their own; the rest is one line, `other`.
ranked AS (
  SELECT
    key,
    row_number() OVER (
      ORDER BY sum(cost) FILTER (NOT before) DESC NULLS LAST, sum(calls) FILTER (NOT before) DESC NULLS LAST, key
    ) AS rank
  FROM series
  GROUP BY key
)
-- Counts as doubles, which is what they are given out as: JavaScript reads tens of thousands of rows of those in half the time.
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
-- The row without a bucket is the total.
GROUP BY GROUPING SETS ((bucket, if(rank <= $keys, key, ''), other), ())
