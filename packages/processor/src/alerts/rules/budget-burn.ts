import type { BudgetStatus, BurnRateWindow } from '../../budgets/index.ts'
import type { AlertRule } from '../types.ts'

/**
 * An alert over two windows: the long one shows that the burn matters, the short one that it is still going on.
 * https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
 */
function budgetBurn(
  name: string,
  factor: number,
  long: BurnRateWindow,
  short: BurnRateWindow,
  severity: AlertRule['severity'],
  consequence: string,
): AlertRule {
  const burn = (window: BurnRateWindow): string =>
    `max by (budget) (spanmeter_budget_burn_rate_ratio{window="${window}"})`
  return {
    name,
    severity,
    for: '2m',
    summary: `Budget {budget} burns at {value} its even pace: ${consequence}`,
    cause:
      'A feature was released or scaled up, a loop or retry storm runs, or a dearer model is served. The spike and drift alerts that fire beside this one tell which.',
    look: 'Dashboard "Spanmeter / Overview", panel "Spend by feature"; cookbook "Which feature spends".',
    unit: 'times',
    contributors: { by: 'feature', of: 'cost' },
    prometheus: `${burn(long)} > ${factor} and ${burn(short)} > ${factor}`,
    ledger: {
      budget: ({ burnRate }: BudgetStatus) =>
        burnRate[long] > factor && burnRate[short] > factor ? burnRate[long] : undefined,
    },
  }
}

export const budgetBurnFast: AlertRule = budgetBurn(
  'SpanmeterBudgetBurnFast',
  14.4,
  '1h',
  '5m',
  'page',
  '2 % of a month in an hour.',
)

export const budgetBurnMedium: AlertRule = budgetBurn(
  'SpanmeterBudgetBurnMedium',
  6,
  '6h',
  '30m',
  'page',
  '5 % of a month in six hours.',
)

export const budgetBurnSlow: AlertRule = budgetBurn(
  'SpanmeterBudgetBurnSlow',
  1.2,
  '3d',
  '6h',
  'ticket',
  'it ends before its period does.',
)
