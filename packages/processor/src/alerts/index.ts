export type { SpendWatch, SpendWatchOptions } from './spend-watch.ts'
export { startSpendWatch } from './spend-watch.ts'
export type { AlertsConfig } from './types.ts'
