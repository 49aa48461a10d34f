import { CALLS, COST, count, KEY, money } from './columns.ts'
import type { View } from './view.ts'

export const waste: View = {
  name: 'waste',
  title: 'Waste',
  description: 'Retries, aborted calls and errors, in dollars.',
  by: 'feature',
  rankBy: 'wasted_cost',
  comparable: true,
  auxiliary: ['priced_calls', 'wasted_calls'],
  columns: [
    KEY,
    COST,
    CALLS,
    { ...money('wasted_cost', 'Wasted'), costOf: 'wasted_calls' },
    { name: 'wasted_share', title: 'Wasted share', type: 'ratio', quotient: ['wasted_cost', 'cost'] },
    count('retried_calls', 'Retried'),
    { name: 'retry_rate', title: 'Retry rate', type: 'ratio', quotient: ['retried_calls', 'calls'] },
    count('extra_attempts', 'Extra attempts'),
    { ...money('retried_cost', 'Cost of retried'), costOf: 'retried_calls' },
    count('error_calls', 'Errors'),
    { name: 'error_rate', title: 'Error rate', type: 'ratio', quotient: ['error_calls', 'calls'] },
    { ...money('error_cost', 'Cost of errors'), costOf: 'error_calls' },
    count('aborted_calls', 'Aborted'),
    { name: 'aborted_rate', title: 'Abort rate', type: 'ratio', quotient: ['aborted_calls', 'calls'] },
    { ...money('aborted_cost', 'Cost of aborted'), costOf: 'aborted_calls' },
  ],
}
