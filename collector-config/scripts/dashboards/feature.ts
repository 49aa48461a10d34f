import type { Dashboard } from '@grafana/schema'
import { dashboard } from './dashboard.ts'
import { dashboardLink, traceLinks } from './links.ts'
import { ranking, stat, timeSeries, traces } from './panels.ts'
import { qualityRow } from './quality-row.ts'
import {
  calls,
  cost,
  hourly,
  inputTokens,
  outputTokens,
  perSecond,
  ratio,
  tokens,
  tokensPerCall,
  total,
} from './queries.ts'

export const feature: Dashboard = dashboard({
  uid: 'spanmeter-feature',
  title: 'Feature',
  description: 'Why a feature costs what it costs: how many calls, how large, by which model, for whom.',
  rows: [
    {
      title: 'Volume times size times price',
      panels: [
        stat({
          title: 'Spend',
          description: 'Over the time range.',
          unit: 'currencyUSD',
          decimals: 2,
          width: 6,
          expr: `sum(${total(cost)})`,
        }),
        stat({
          title: 'Calls',
          description: 'Volume.',
          unit: 'short',
          width: 6,
          expr: `sum(${total(calls)})`,
        }),
        stat({
          title: 'Tokens per call',
          description: 'Size: input and output together.',
          unit: 'short',
          width: 6,
          expr: ratio(total(tokens), total(calls)),
        }),
        stat({
          title: 'Cost per million tokens',
          description: 'Price: of the mix of models and token types that was used.',
          unit: 'currencyUSD',
          decimals: 2,
          width: 6,
          expr: `${ratio(total(cost), total(tokens))} * 1e6`,
        }),
        timeSeries({
          title: 'Spend by tenant',
          description:
            'Dollars an hour. The tenants that spend most have a line of their own, all others share "other".',
          unit: 'currencyUSD',
          stack: true,
          queries: [{ expr: `sum by (tenant) (${hourly(cost)})`, legend: '{{tenant}}' }],
          links: traceLinks('business.tenant', `\${__field.labels.tenant}`),
        }),
        timeSeries({
          title: 'Spend by model',
          description: 'Dollars an hour.',
          unit: 'currencyUSD',
          stack: true,
          queries: [{ expr: `sum by (model) (${hourly(cost)})`, legend: '{{model}}' }],
          links: [
            dashboardLink('Model and provider', 'spanmeter-model', 'model', `\${__field.labels.model}`),
          ],
        }),
        timeSeries({
          title: 'Calls by outcome',
          description: 'Calls an hour.',
          unit: 'short',
          stack: true,
          queries: [{ expr: `sum by (outcome) (${hourly(calls)})`, legend: '{{outcome}}' }],
        }),
        timeSeries({
          title: 'Tokens per call over time',
          description: 'Growing input is prompt growth; growing output is drift of the answers.',
          unit: 'short',
          queries: [
            {
              expr: tokensPerCall(inputTokens),
              legend: 'input',
            },
            {
              expr: tokensPerCall(outputTokens),
              legend: 'output',
            },
          ],
        }),
      ],
    },
    {
      title: 'Cost of a call',
      panels: [
        timeSeries({
          title: 'Cost per call',
          description: 'Half, and 19 of 20 calls cost less. Dots are single calls: click one for its trace.',
          unit: 'currencyUSD',
          queries: [0.5, 0.95].map((quantile) => ({
            expr: `histogram_quantile(${quantile}, sum by (le) (${perSecond('spanmeter_call_cost_USD_bucket')}))`,
            legend: `p${quantile * 100}`,
            exemplar: true,
          })),
        }),
        ranking({
          title: 'Cost by part',
          description: 'Over the time range: input, cache reads and writes, output, tools.',
          unit: 'currencyUSD',
          decimals: 2,
          query: { expr: `sum by (cost_type) (${total(cost)}) > 0`, legend: '{{cost_type}}' },
        }),
        traces({
          title: 'Dearest traces',
          description: 'Calls of this feature above a cent, in Tempo.',
          query:
            '{ span.business.feature =~ "$feature" && span.spanmeter.cost.amount > 0.01 } | select(span.spanmeter.cost.amount, span.business.tenant, span.gen_ai.response.model, span.gen_ai.usage.input_tokens, span.gen_ai.usage.output_tokens, span.spanmeter.request.attempts)',
        }),
      ],
    },
    qualityRow,
  ],
})
