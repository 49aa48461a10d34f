import type { ViewColumn } from './view.ts'

export const KEY: ViewColumn = { name: 'key', title: '', type: 'text', noTotal: true }
export const COST: ViewColumn = { name: 'cost', title: 'Cost', type: 'money' }
export const SHARE: ViewColumn = { name: 'share', title: 'Share', type: 'ratio', shareOf: 'cost' }
export const CALLS: ViewColumn = { name: 'calls', title: 'Calls', type: 'count' }
export const COST_PER_CALL: ViewColumn = {
  name: 'cost_per_call',
  title: 'Per call',
  type: 'money',
  quotient: ['cost', 'priced_calls'],
}
export const P50: ViewColumn = {
  name: 'p50_ms',
  title: 'p50',
  type: 'milliseconds',
  percentile: ['duration', 0],
}
export const P95: ViewColumn = {
  name: 'p95_ms',
  title: 'p95',
  type: 'milliseconds',
  percentile: ['duration', 1],
}

export function count(name: string, title: string): ViewColumn {
  return { name, title, type: 'count' }
}

export function money(name: string, title: string): ViewColumn {
  return { name, title, type: 'money' }
}
