import { CALLS, COST, count, KEY, money, P50, P95, SHARE } from './columns.ts'
import type { View } from './view.ts'

export const workflows: View = {
  name: 'workflows',
  title: 'Workflows',
  description: 'What a workflow costs by itself, with all it calls, and per run.',
  by: null,
  rankBy: 'inclusive_cost',
  comparable: true,
  overlapping: true,
  columns: [
    { ...KEY, title: 'Workflow' },
    { ...COST, title: 'Own cost' },
    { ...money('inclusive_cost', 'Inclusive'), noTotal: true },
    SHARE,
    { ...count('runs', 'Runs'), noTotal: true },
    { ...money('cost_per_run', 'Per run'), quotient: ['inclusive_cost', 'runs'], noTotal: true },
    CALLS,
    {
      name: 'calls_per_run',
      title: 'Calls per run',
      type: 'number',
      quotient: ['inclusive_calls', 'runs'],
      noTotal: true,
    },
    P50,
    P95,
  ],
  auxiliary: ['priced_calls', 'inclusive_calls'],
}
