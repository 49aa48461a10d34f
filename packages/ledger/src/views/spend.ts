import { CALLS, COST, COST_PER_CALL, count, KEY, money, P50, P95, SHARE } from './columns.ts'
import type { View } from './view.ts'

export const spend: View = {
  name: 'spend',
  title: 'Spend',
  description: 'Who spends what, the dearest first.',
  by: 'feature',
  rankBy: 'cost',
  comparable: true,
  auxiliary: ['priced_calls', 'estimated_calls'],
  columns: [
    KEY,
    COST,
    SHARE,
    CALLS,
    COST_PER_CALL,
    P50,
    P95,
    count('input_tokens', 'Input tokens'),
    count('output_tokens', 'Output tokens'),
    count('cache_read_tokens', 'Cache read'),
    count('cache_write_tokens', 'Cache write'),
    count('unpriced_calls', 'Unpriced'),
    money('estimated_cost', 'Estimated'),
  ],
}
