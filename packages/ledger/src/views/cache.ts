import { CALLS, COST, count, KEY, money } from './columns.ts'
import type { View } from './view.ts'

export const cache: View = {
  name: 'cache',
  title: 'Cache',
  description: 'What prompt caching saved, and what it left on the table.',
  by: 'feature',
  rankBy: 'cost',
  comparable: true,
  auxiliary: ['priced_calls', 'cacheable_tokens'],
  columns: [
    KEY,
    COST,
    CALLS,
    {
      name: 'hit_rate',
      title: 'Hit rate',
      type: 'ratio',
      quotient: ['cache_read_tokens', 'cacheable_tokens'],
    },
    money('saved', 'Saved'),
    money('lost_to_misses', 'Lost to misses'),
    money('lost_to_unread_writes', 'Lost to unread writes'),
    count('cache_read_tokens', 'Cache read'),
    count('cache_write_tokens', 'Cache write'),
    count('uncached_tokens', 'Uncached'),
  ],
}
