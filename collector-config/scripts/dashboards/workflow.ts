import type { Dashboard } from '@grafana/schema'
import { dashboard } from './dashboard.ts'
import { traceLinks } from './links.ts'
import { table, timeSeries, traces } from './panels.ts'
import { qualityRow } from './quality-row.ts'
import { environment, hourly, ratio, total } from './queries.ts'

const cost = 'spanmeter_workflow_cost_USD_total'
const calls = 'spanmeter_workflow_calls_total'

export const workflow: Dashboard = dashboard({
  uid: 'spanmeter-workflow',
  title: 'Workflow',
  description:
    'What the calls of each workflow cost. Cost per run, and the fan-out of one run, are in the traces.',
  rows: [
    {
      title: 'Workflows',
      panels: [
        timeSeries({
          title: 'Spend by workflow',
          description: 'Dollars an hour.',
          unit: 'currencyUSD',
          stack: true,
          queries: [{ expr: `sum by (workflow) (${hourly(cost, environment)})`, legend: '{{workflow}}' }],
          links: traceLinks('business.workflow', `\${__field.labels.workflow}`),
        }),
        table({
          title: 'Workflows',
          description: 'Over the time range.',
          width: 12,
          by: ['workflow'],
          columns: [
            { name: 'Spend', unit: 'currencyUSD', expr: `sum by (workflow) (${total(cost, environment)})` },
            { name: 'Calls', unit: 'short', expr: `sum by (workflow) (${total(calls, environment)})` },
            {
              name: 'Cost per call',
              unit: 'currencyUSD',
              expr: ratio(total(cost, environment), total(calls, environment), ['workflow']),
            },
          ],
          labelLinks: { workflow: traceLinks('business.workflow', `\${__value.text}`) },
        }),
        traces({
          title: 'Dearest runs',
          description: 'Spans with calls beneath them that together cost more than ten cents, in Tempo.',
          query:
            '{ span.spanmeter.cost.inclusive > 0.1 } | select(span.spanmeter.cost.inclusive, span.business.workflow, span.business.feature)',
        }),
      ],
    },
    qualityRow,
  ],
})
