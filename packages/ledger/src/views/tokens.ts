import { CALLS, COST, count, KEY } from './columns.ts'
import type { View } from './view.ts'

export const tokens: View = {
  name: 'tokens',
  title: 'Tokens',
  description: 'What goes in and comes out, per call and per dollar.',
  by: 'feature',
  rankBy: 'cost',
  comparable: true,
  auxiliary: ['priced_calls', 'input_calls', 'output_calls', 'priced_million_tokens'],
  columns: [
    KEY,
    CALLS,
    COST,
    count('input_tokens', 'Input'),
    count('output_tokens', 'Output'),
    count('cache_read_tokens', 'Cache read'),
    count('cache_write_tokens', 'Cache write'),
    count('reasoning_tokens', 'Reasoning'),
    {
      name: 'input_tokens_per_call',
      title: 'Input per call',
      type: 'number',
      quotient: ['input_tokens', 'input_calls'],
    },
    {
      name: 'output_tokens_per_call',
      title: 'Output per call',
      type: 'number',
      quotient: ['output_tokens', 'output_calls'],
    },
    {
      name: 'cost_per_million_tokens',
      title: 'Per million',
      type: 'money',
      quotient: ['cost', 'priced_million_tokens'],
    },
    count('missing_usage_calls', 'No usage'),
  ],
}
