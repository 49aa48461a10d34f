-- One row a recorded outcome and span. Outcomes are called whatever an application calls them, which need not be a JSON path.
CREATE OR REPLACE VIEW outcomes AS
SELECT * EXCLUDE (outcomes, recorded), recorded.key AS outcome, recorded.value AS quantity
FROM (
  SELECT *, unnest(map_entries(outcomes::JSON::MAP(VARCHAR, DOUBLE))) AS recorded FROM spans WHERE outcomes IS NOT NULL
);
