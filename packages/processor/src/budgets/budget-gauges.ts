import type { GaugeReading } from '../metrics/reading.ts'
import { type BudgetStatus, burnRateWindows } from './types.ts'

/** `spanmeter.budget.*` for the processor's metrics. */
export function budgetGauges(statuses: readonly BudgetStatus[]): GaugeReading[] {
  if (statuses.length === 0) return []
  const gauge = (
    name: string,
    description: string,
    value: (status: BudgetStatus) => number,
  ): GaugeReading => ({
    definition: { name: `spanmeter.budget.${name}`, unit: 'USD', kind: 'gauge', description },
    points: statuses.map((status) => ({ labels: labelsOf(status), value: value(status) })),
  })
  return [
    gauge('limit', 'Limit of one period.', ({ limit }) => limit),
    gauge('spent', 'Spent since the period began, exact from the ledger.', ({ spent }) => spent),
    gauge('projected', 'Spend by the end of the period at the pace of late.', ({ projected }) => projected),
    {
      definition: {
        name: 'spanmeter.budget.burn_rate',
        unit: '1',
        kind: 'gauge',
        description: 'Spend rate in a window over the even rate of the budget; 1 ends exactly on the limit.',
      },
      points: statuses.flatMap((status) =>
        burnRateWindows.map((window) => ({
          labels: { ...labelsOf(status), window },
          value: status.burnRate[window],
        })),
      ),
    },
  ]
}

function labelsOf({ budget }: BudgetStatus): Record<string, string> {
  return { budget: budget.name, period: budget.period }
}
