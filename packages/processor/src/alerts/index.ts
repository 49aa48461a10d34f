export { startSpendWatch } from './spend-watch.ts'
export type { AlertsConfig } from './types.ts'
