SELECT 'unpriced' AS problem, unpriced AS detail, count(*) AS calls, NULL AS cost
FROM matching
WHERE cost IS NULL
GROUP BY unpriced
UNION ALL
SELECT 'estimated', price, count(*), sum(cost)
FROM matching
WHERE cost_source = 'estimated'
GROUP BY price
{{untagged}}
