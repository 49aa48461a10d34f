import { CALLS, COST, KEY, money } from './columns.ts'
import type { View } from './view.ts'

export const margin: View = {
  name: 'margin',
  title: 'Margin',
  description: 'Revenue of the range beside what its calls cost, where a look-up gives a monthly revenue.',
  by: 'tenant',
  rankBy: 'cost',
  comparable: true,
  auxiliary: ['priced_calls'],
  columns: [
    KEY,
    COST,
    CALLS,
    money('monthly_revenue', 'Per month'),
    money('revenue', 'Revenue'),
    money('margin', 'Margin'),
    { name: 'margin_ratio', title: 'Margin %', type: 'ratio', quotient: ['margin', 'revenue'] },
  ],
}
