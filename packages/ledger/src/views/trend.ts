import { CALLS, COST, count, KEY } from './columns.ts'
import type { View } from './view.ts'

export const trend: View = {
  name: 'trend',
  title: 'Trend',
  description: 'Cost and tokens over time.',
  by: 'feature',
  rankBy: 'bucket',
  comparable: true,
  columns: [
    { name: 'bucket', title: 'From', type: 'time', noTotal: true },
    KEY,
    { name: 'other', title: 'Other', type: 'flag', noTotal: true },
    COST,
    CALLS,
    count('input_tokens', 'Input tokens'),
    count('output_tokens', 'Output tokens'),
    count('cache_read_tokens', 'Cache read'),
    count('cache_write_tokens', 'Cache write'),
  ],
}
