import type { Dashboard } from '@grafana/schema'
import { dashboard } from './dashboard.ts'
import { dashboardLink, traceLinks } from './links.ts'
import { ranking, stat, table, timeSeries, traces } from './panels.ts'
import { qualityRow } from './quality-row.ts'
import { calls, chosen, cost, costPerCall, hourly, ratio, savings, total } from './queries.ts'

export const overview: Dashboard = dashboard({
  uid: 'spanmeter-overview',
  title: 'Overview',
  description: 'Who spends what, and whether it stays within budget.',
  rows: [
    {
      title: 'Spend',
      panels: [
        stat({
          title: 'Spend',
          description:
            "Cost of all priced calls in the time range. Month-to-date figures are the budgets', exact from the ledger.",
          unit: 'currencyUSD',
          decimals: 2,
          expr: `sum(${total(cost)})`,
        }),
        stat({
          title: 'Calls',
          description: 'Logical calls; retries are not calls of their own.',
          unit: 'short',
          expr: `sum(${total(calls)})`,
        }),
        stat({
          title: 'Cost per call',
          description: 'Of the calls that have a price.',
          unit: 'currencyUSD',
          decimals: 6,
          expr: costPerCall(),
        }),
        stat({
          title: 'Errors',
          description: 'Share of calls that failed after all their retries.',
          unit: 'percentunit',
          higherIsWorse: [0.01, 0.05],
          expr: `(sum(${total(calls, `outcome="error",${chosen}`)}) or vector(0)) / (sum(${total(calls)}) > 0)`,
        }),
        stat({
          title: 'Retries per call',
          description: 'Attempts beyond the first, by calls.',
          unit: 'short',
          decimals: 3,
          higherIsWorse: [0.05, 0.2],
          expr: ratio(total('spanmeter_retries_total'), total(calls)),
        }),
        stat({
          title: 'Saved by caches',
          description:
            'What cache reads would have cost as plain input, less what reads and writes did cost.',
          unit: 'currencyUSD',
          decimals: 2,
          expr: `sum(${savings()})`,
        }),
        timeSeries({
          title: 'Spend by feature',
          description: 'Dollars an hour.',
          unit: 'currencyUSD',
          stack: true,
          queries: [{ expr: `sum by (feature) (${hourly(cost)})`, legend: '{{feature}}' }],
          links: [
            dashboardLink('Feature', 'spanmeter-feature', 'feature', `\${__field.labels.feature}`),
            ...traceLinks('business.feature', `\${__field.labels.feature}`),
          ],
        }),
        ranking({
          title: 'Spend by model',
          description: 'Over the time range.',
          unit: 'currencyUSD',
          decimals: 2,
          query: {
            expr: `topk(10, sum by (provider, model) (${total(cost)}))`,
            legend: '{{provider}} {{model}}',
          },
          links: [
            dashboardLink('Model and provider', 'spanmeter-model', 'model', `\${__field.labels.model}`),
          ],
        }),
      ],
    },
    {
      title: 'Budgets',
      panels: [
        ranking({
          title: 'Budgets',
          description: 'Spent of the limit in the current period, exact from the ledger.',
          unit: 'percentunit',
          max: 1,
          query: {
            expr: 'max by (budget, period) (spanmeter_budget_spent_USD / spanmeter_budget_limit_USD)',
            legend: '{{budget}} ({{period}})',
          },
        }),
        table({
          title: 'Budgets in dollars',
          description:
            'Projected: spent so far, and the rest of the period at the pace of late. Burn rate 1 ends exactly on the limit.',
          width: 12,
          by: ['budget', 'period'],
          columns: [
            {
              name: 'Spent',
              unit: 'currencyUSD',
              expr: 'max by (budget, period) (spanmeter_budget_spent_USD)',
            },
            {
              name: 'Limit',
              unit: 'currencyUSD',
              expr: 'max by (budget, period) (spanmeter_budget_limit_USD)',
            },
            {
              name: 'Projected',
              unit: 'currencyUSD',
              expr: 'max by (budget, period) (spanmeter_budget_projected_USD)',
            },
            {
              name: 'Burn rate (1 h)',
              unit: 'short',
              expr: 'max by (budget, period) (spanmeter_budget_burn_rate_ratio{window="1h"})',
            },
          ],
        }),
      ],
    },
    {
      title: 'Features',
      panels: [
        table({
          title: 'Features',
          description: 'Over the time range. Click a feature for its own dashboard.',
          by: ['feature', 'team'],
          columns: [
            { name: 'Spend', unit: 'currencyUSD', expr: `sum by (feature, team) (${total(cost)})` },
            { name: 'Calls', unit: 'short', expr: `sum by (feature, team) (${total(calls)})` },
            {
              name: 'Cost per call',
              unit: 'currencyUSD',
              expr: costPerCall(['feature', 'team']),
            },
          ],
          labelLinks: {
            feature: [dashboardLink('Feature', 'spanmeter-feature', 'feature', `\${__value.text}`)],
          },
        }),
        traces({
          title: 'Dearest calls',
          description: 'Single calls above ten cents, in Tempo.',
          query:
            '{ span.spanmeter.cost.amount > 0.1 && resource.deployment.environment.name =~ "$environment" } | select(span.spanmeter.cost.amount, span.business.feature, span.business.tenant, span.gen_ai.response.model)',
        }),
      ],
    },
    qualityRow,
  ],
})
