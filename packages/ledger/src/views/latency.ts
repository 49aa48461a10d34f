import { CALLS, COST, COST_PER_CALL, KEY, P50, P95 } from './columns.ts'
import type { View } from './view.ts'

export const latency: View = {
  name: 'latency',
  title: 'Latency',
  description: 'How long calls take, beside what they cost.',
  by: 'model',
  rankBy: 'cost',
  comparable: true,
  auxiliary: ['priced_calls', 'output_tokens', 'output_seconds'],
  columns: [
    KEY,
    CALLS,
    P50,
    P95,
    {
      name: 'first_chunk_p50_ms',
      title: 'First chunk p50',
      type: 'milliseconds',
      percentile: ['first_chunk', 0],
    },
    {
      name: 'first_chunk_p95_ms',
      title: 'First chunk p95',
      type: 'milliseconds',
      percentile: ['first_chunk', 1],
    },
    {
      name: 'output_tokens_per_second',
      title: 'Output per second',
      type: 'number',
      quotient: ['output_tokens', 'output_seconds'],
    },
    COST,
    COST_PER_CALL,
  ],
}
