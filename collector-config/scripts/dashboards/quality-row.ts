import type { Row } from './dashboard.ts'
import { stat } from './panels.ts'
import { calls, cost, environment, total } from './queries.ts'

/** On every dashboard: how much of what it says is a guess. */
export const qualityRow: Row = {
  title: 'Data quality',
  panels: [
    stat({
      title: 'Cost without a feature',
      description: 'Share of all cost whose calls carry no business.feature.',
      unit: 'percentunit',
      higherIsWorse: [0.05, 0.2],
      width: 8,
      expr: `(sum(${total('spanmeter_cost_untagged_USD_total', `${environment},missing="feature"`)}) or vector(0)) / (sum(${total(cost, environment)}) > 0)`,
    }),
    stat({
      title: 'Calls without a price',
      description:
        'Share of all calls that no price was found for. Their cost is unknown, and in no number here.',
      unit: 'percentunit',
      higherIsWorse: [0.01, 0.1],
      width: 8,
      expr: `(sum(${total('spanmeter_calls_unpriced_total', '')}) or vector(0)) / (sum(${total(calls, '')}) > 0)`,
    }),
    stat({
      title: 'Processors up',
      description: 'Processors that answer Prometheus.',
      unit: 'short',
      width: 8,
      expr: 'sum(up{job="spanmeter"})',
    }),
  ],
}
