import type { Dashboard } from '@grafana/schema'
import { dashboard } from './dashboard.ts'
import { traceLinks } from './links.ts'
import { ranking, stat, timeSeries } from './panels.ts'
import { qualityRow } from './quality-row.ts'
import {
  chosen,
  hourly,
  inputTokens,
  outputTokens,
  perSecond,
  ratio,
  savings,
  tokens,
  tokensPerCall,
  total,
} from './queries.ts'

const cacheReads = `${chosen},token_type="cache_read"`

export const tokensAndCache: Dashboard = dashboard({
  uid: 'spanmeter-tokens',
  title: 'Tokens and cache',
  description: 'How much is sent and answered, and how much of it a cache spares.',
  rows: [
    {
      title: 'Tokens',
      panels: [
        timeSeries({
          title: 'Tokens by type',
          description: 'Tokens an hour; the types add up.',
          unit: 'short',
          stack: true,
          queries: [{ expr: `sum by (token_type) (${hourly(tokens)})`, legend: '{{token_type}}' }],
        }),
        ranking({
          title: 'Tokens by feature',
          description: 'Over the time range.',
          unit: 'short',
          query: { expr: `sum by (feature) (${total(tokens)})`, legend: '{{feature}}' },
          links: traceLinks('business.feature', `\${__field.labels.feature}`),
        }),
        timeSeries({
          title: 'Input tokens per call',
          description: 'Cached ones included. Steady growth is a prompt, a context or a history that grows.',
          unit: 'short',
          queries: [{ expr: tokensPerCall(inputTokens, ['feature']), legend: '{{feature}}' }],
          links: traceLinks('business.feature', `\${__field.labels.feature}`),
        }),
        timeSeries({
          title: 'Output tokens per call',
          description: 'Reasoning included.',
          unit: 'short',
          queries: [{ expr: tokensPerCall(outputTokens, ['feature']), legend: '{{feature}}' }],
          links: traceLinks('business.feature', `\${__field.labels.feature}`),
        }),
      ],
    },
    {
      title: 'Cache',
      panels: [
        stat({
          title: 'Cache hit ratio',
          description: "Share of input tokens that came from the provider's cache.",
          unit: 'percentunit',
          width: 6,
          expr: ratio(total(tokens, cacheReads), total(tokens, inputTokens)),
        }),
        stat({
          title: 'Saved by caches',
          description:
            'What cache reads would have cost as plain input, less what reads and writes did cost. Below zero, writes are never read.',
          unit: 'currencyUSD',
          decimals: 2,
          width: 6,
          expr: `sum(${savings()})`,
        }),
        timeSeries({
          title: 'Cache hit ratio by feature',
          description: 'A sudden fall is a prompt whose beginning changes from call to call.',
          unit: 'percentunit',
          queries: [
            {
              expr: ratio(perSecond(tokens, cacheReads), perSecond(tokens, inputTokens), ['feature']),
              legend: '{{feature}}',
            },
          ],
        }),
        ranking({
          title: 'Savings by feature',
          description: 'Over the time range.',
          unit: 'currencyUSD',
          decimals: 2,
          query: {
            expr: `sum by (feature) (${savings()})`,
            legend: '{{feature}}',
          },
        }),
      ],
    },
    qualityRow,
  ],
})
