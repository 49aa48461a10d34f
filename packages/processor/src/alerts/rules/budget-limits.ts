import type { AlertRule } from '../types.ts'

export const budgetThreshold: AlertRule = {
  name: 'SpanmeterBudgetThreshold',
  severity: 'ticket',
  for: '0m',
  summary: 'Budget {budget} is spent to {value}.',
  cause: 'Spend went on as planned, or the budget was set before the feature grew.',
  look: 'Dashboard "Spanmeter / Overview", panel "Budgets".',
  unit: 'ratio',
  contributors: { by: 'feature', of: 'cost' },
  prometheus: 'max by (budget) (spanmeter_budget_spent_USD / spanmeter_budget_limit_USD) > 0.8',
  ledger: { budget: ({ spent, limit }) => (spent > 0.8 * limit ? spent / limit : undefined) },
}

export const budgetExceeded: AlertRule = {
  ...budgetThreshold,
  name: 'SpanmeterBudgetExceeded',
  severity: 'page',
  prometheus: 'max by (budget) (spanmeter_budget_spent_USD / spanmeter_budget_limit_USD) >= 1',
  ledger: { budget: ({ spent, limit }) => (spent >= limit ? spent / limit : undefined) },
}

export const budgetProjectedExhaustion: AlertRule = {
  name: 'SpanmeterBudgetProjectedExhaustion',
  severity: 'ticket',
  for: '1h',
  summary: 'Budget {budget} is on course for {value} of its limit by the end of its period.',
  cause:
    'The pace of late, kept up, overspends. Growth of traffic shows in calls, of prompts in tokens per call.',
  look: 'Dashboard "Spanmeter / Overview", panel "Budgets"; "Spanmeter / Feature" for volume against size.',
  unit: 'ratio',
  contributors: { by: 'feature', of: 'cost' },
  prometheus: 'max by (budget) (spanmeter_budget_projected_USD / spanmeter_budget_limit_USD) > 1',
  ledger: { budget: ({ projected, limit }) => (projected > limit ? projected / limit : undefined) },
}
