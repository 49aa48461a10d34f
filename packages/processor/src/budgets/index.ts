export { budgetGauges } from './budget-gauges.ts'
export { readBudgets, scopeCondition } from './budget-status.ts'
export { sqlString, sqlTime } from './sql-literals.ts'
export type { BudgetConfig, BudgetStatus, BurnRateWindow } from './types.ts'
