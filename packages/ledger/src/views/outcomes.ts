import { CALLS, COST, KEY, money } from './columns.ts'
import type { View } from './view.ts'

export const outcomes: View = {
  name: 'outcomes',
  title: 'Cost per outcome',
  description: 'What a recorded outcome costs.',
  by: 'feature',
  rankBy: 'cost',
  comparable: true,
  columns: [
    KEY,
    { name: 'outcome', title: 'Outcome', type: 'text', noTotal: true },
    { name: 'outcomes', title: 'Count', type: 'number', noTotal: true },
    { ...money('cost_per_outcome', 'Per outcome'), quotient: ['cost', 'outcomes'], noTotal: true },
    { ...COST, noTotal: true },
    { ...CALLS, noTotal: true },
  ],
}
