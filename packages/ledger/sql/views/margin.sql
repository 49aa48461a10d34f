-- A key's `revenue` is per month, as it was last seen. The range gets its part of it by the days of each month.
WITH spent AS (
  SELECT
    key,
    sum(cost) AS cost,
    count(*) AS calls,
    count(cost) AS priced_calls,
    arg_max(revenue, started) FILTER (WHERE revenue IS NOT NULL) AS monthly_revenue
  FROM matching
  GROUP BY key
)
SELECT *, revenue - cost AS margin
FROM (
  SELECT *, (monthly_revenue::DECIMAL(20, 6) * $months::DECIMAL(18, 9))::DECIMAL(38, 12) AS revenue FROM spent
)
