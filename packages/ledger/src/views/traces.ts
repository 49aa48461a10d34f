import { CALLS, COST, count } from './columns.ts'
import type { View } from './view.ts'

export const traces: View = {
  name: 'traces',
  title: 'Most expensive traces',
  description:
    'The requests that cost the most. A trace counts in the range in which it began, with all its calls.',
  by: null,
  rankBy: 'cost',
  comparable: false,
  columns: [
    { name: 'trace_id', title: 'Trace', type: 'text', noTotal: true },
    { name: 'name', title: 'Name', type: 'text', noTotal: true },
    { name: 'started', title: 'Started', type: 'time', noTotal: true },
    {
      name: 'duration_ms',
      title: 'Duration',
      type: 'milliseconds',
      microseconds: 'elapsed_us',
      noTotal: true,
    },
    COST,
    CALLS,
    { name: 'features', title: 'Features', type: 'text', noTotal: true },
    { name: 'tenants', title: 'Tenants', type: 'text', noTotal: true },
    { name: 'models', title: 'Models', type: 'text', noTotal: true },
    { ...count('errors', 'Errors'), noTotal: true },
  ],
}
