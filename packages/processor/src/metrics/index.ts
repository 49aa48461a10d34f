export type { CostMetrics } from './cost-metrics.ts'
export { createCostMetrics } from './cost-metrics.ts'
export type { GaugeReading } from './reading.ts'
