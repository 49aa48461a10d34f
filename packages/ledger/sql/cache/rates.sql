-- What is lost with each token missed, and with each one written, by line. The calls of a line are taken to share cached
-- prefixes: they are of one model and feature on one day, hashed into one number.
-- A call that neither read nor wrote the cache, in a line where others read it, could have read the same share. If a line writes
-- more tokens than it reads, the surplus was written in vain, which cost the difference between writing and plain input.
-- Both are estimates, at the prices of the line's calls that use the cache; no others are read. Those without a price are taken
-- to be like the rest: conditional sums, one for each price, would take a quarter longer.
CREATE TEMP TABLE cache_rates AS
WITH {{relations}},
lines AS (
  SELECT
    {{line}} AS line,
    any_value(feature) AS feature,
    count(cost_input) / count(*) AS priced,
    sum(input_tokens - coalesce(cache_read_tokens, 0) - coalesce(cache_write_tokens, 0)) AS plain_tokens,
    sum(cache_read_tokens) AS read_tokens,
    sum(cache_write_tokens) AS write_tokens,
    sum(if(cache_read_tokens > 0, input_tokens, 0)) AS hit_tokens,
    sum(cost_input) AS plain_cost,
    sum(cost_cache_read) AS read_cost,
    sum(cost_cache_write) AS write_cost
  FROM matching
  -- Twice as fast as a condition with OR.
  WHERE coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0) > 0
  GROUP BY line
),
prices AS (
  SELECT
    *,
    plain_cost / nullif(priced * plain_tokens, 0) AS input_price,
    read_cost / nullif(priced * read_tokens, 0) AS read_price,
    write_cost / nullif(priced * write_tokens, 0) AS write_price
  FROM lines
)
SELECT
  line,
  feature,
  read_tokens / nullif(hit_tokens, 0) * if(read_price > input_price, 0, input_price - read_price) AS lost_by_miss,
  greatest(1 - coalesce(read_tokens, 0) / nullif(write_tokens, 0), 0) * if(input_price > write_price, 0, write_price - input_price)
    AS lost_by_write
FROM prices
