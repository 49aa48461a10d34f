import type { Dashboard } from '@grafana/schema'
import { dashboard } from './dashboard.ts'
import { traceLinks } from './links.ts'
import { ranking, table, timeSeries, traces } from './panels.ts'
import { qualityRow } from './quality-row.ts'
import { calls, cost, hourly, total } from './queries.ts'

export const tenant: Dashboard = dashboard({
  uid: 'spanmeter-tenant',
  title: 'Tenant and team',
  description:
    'For whom it is spent, and by whom. Tenants beyond the top spenders are one line, "other"; each alone is in the traces and the ledger.',
  textVariables: ['tenant'],
  rows: [
    {
      title: 'Tenants',
      panels: [
        timeSeries({
          title: 'Spend by tenant',
          description: 'Dollars an hour.',
          unit: 'currencyUSD',
          stack: true,
          queries: [{ expr: `sum by (tenant) (${hourly(cost)})`, legend: '{{tenant}}' }],
          links: traceLinks('business.tenant', `\${__field.labels.tenant}`),
        }),
        table({
          title: 'Tenants',
          description: 'Over the time range.',
          width: 12,
          by: ['tenant'],
          columns: [
            { name: 'Spend', unit: 'currencyUSD', expr: `sum by (tenant) (${total(cost)})` },
            {
              name: 'Share',
              unit: 'percentunit',
              expr: `sum by (tenant) (${total(cost)}) / on () group_left () (sum(${total(cost)}) > 0)`,
            },
            { name: 'Calls', unit: 'short', expr: `sum by (tenant) (${total(calls)})` },
          ],
          labelLinks: { tenant: traceLinks('business.tenant', `\${__value.text}`) },
        }),
        traces({
          title: 'Dearest traces of the tenant',
          description: 'Of the tenant typed above, in Tempo.',
          query:
            '{ span.business.tenant =~ "$tenant" && span.spanmeter.cost.amount > 0.01 } | select(span.spanmeter.cost.amount, span.business.tenant, span.business.feature, span.gen_ai.response.model)',
        }),
      ],
    },
    {
      title: 'Teams',
      panels: [
        timeSeries({
          title: 'Spend by team',
          description: 'Dollars an hour.',
          unit: 'currencyUSD',
          stack: true,
          queries: [{ expr: `sum by (team) (${hourly(cost)})`, legend: '{{team}}' }],
        }),
        ranking({
          title: 'Teams',
          description: 'Over the time range.',
          unit: 'currencyUSD',
          decimals: 2,
          query: { expr: `sum by (team) (${total(cost)})`, legend: '{{team}}' },
        }),
      ],
    },
    qualityRow,
  ],
})
