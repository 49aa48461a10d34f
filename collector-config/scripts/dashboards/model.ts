import type { Dashboard } from '@grafana/schema'
import { dashboard } from './dashboard.ts'
import { traceLinks } from './links.ts'
import { table, timeSeries } from './panels.ts'
import { qualityRow } from './quality-row.ts'
import { calls, chosen, cost, costPerCall, hourly, perSecond, ratio, tokens, total } from './queries.ts'

export const model: Dashboard = dashboard({
  uid: 'spanmeter-model',
  title: 'Model and provider',
  description: 'What each model costs, how fast it is, and how often it fails.',
  rows: [
    {
      title: 'Models',
      panels: [
        table({
          title: 'Models',
          description: 'Over the time range.',
          by: ['provider', 'model'],
          columns: [
            { name: 'Spend', unit: 'currencyUSD', expr: `sum by (provider, model) (${total(cost)})` },
            { name: 'Calls', unit: 'short', expr: `sum by (provider, model) (${total(calls)})` },
            {
              name: 'Cost per call',
              unit: 'currencyUSD',
              expr: costPerCall(['provider', 'model']),
            },
            {
              name: 'Cost per million tokens',
              unit: 'currencyUSD',
              expr: `${ratio(total(cost), total(tokens), ['provider', 'model'])} * 1e6`,
            },
            {
              name: 'Retries',
              unit: 'short',
              expr: `sum by (provider, model) (${total('spanmeter_retries_total')})`,
            },
          ],
          labelLinks: { model: traceLinks('gen_ai.response.model', `\${__value.text}`) },
        }),
        timeSeries({
          title: 'Spend by provider',
          description: 'Dollars an hour.',
          unit: 'currencyUSD',
          stack: true,
          queries: [{ expr: `sum by (provider) (${hourly(cost)})`, legend: '{{provider}}' }],
        }),
        timeSeries({
          title: 'Calls by model',
          description: 'Calls an hour. A share that moves without a release is model drift.',
          unit: 'short',
          stack: true,
          queries: [{ expr: `sum by (model) (${hourly(calls)})`, legend: '{{model}}' }],
        }),
      ],
    },
    {
      title: 'Latency and failures',
      panels: [
        timeSeries({
          title: 'Duration, 95th percentile',
          description: 'Retries included. Dots are single calls: click one for its trace.',
          unit: 's',
          queries: [
            {
              expr: `histogram_quantile(0.95, sum by (le, model) (${perSecond('spanmeter_call_duration_seconds_bucket')}))`,
              legend: '{{model}}',
              exemplar: true,
            },
          ],
        }),
        timeSeries({
          title: 'Errors',
          description: 'Share of calls that failed after all retries, or whose answer was aborted.',
          unit: 'percentunit',
          queries: [
            {
              expr: ratio(perSecond(calls, `${chosen},outcome!="ok"`), perSecond(calls), ['model']),
              legend: '{{model}}',
            },
          ],
        }),
        timeSeries({
          title: 'Retries',
          description: 'Retries an hour.',
          unit: 'short',
          queries: [
            {
              expr: `sum by (provider, model) (${hourly('spanmeter_retries_total')})`,
              legend: '{{provider}} {{model}}',
            },
          ],
        }),
      ],
    },
    qualityRow,
  ],
})
