import { CALLS, COST } from './columns.ts'
import type { View } from './view.ts'

export const quality: View = {
  name: 'quality',
  title: 'Data quality',
  description: 'Spend that is untagged, unpriced or estimated.',
  by: null,
  rankBy: 'calls',
  comparable: true,
  columns: [
    { name: 'problem', title: 'Problem', type: 'text', noTotal: true },
    { name: 'detail', title: 'Detail', type: 'text', noTotal: true },
    { ...CALLS, noTotal: true },
    { ...COST, noTotal: true },
  ],
}
