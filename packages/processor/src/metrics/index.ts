export type { LabelLimits } from './call-labels.ts'
export type { CostMetrics, CostMetricsOptions } from './cost-metrics.ts'
export { createCostMetrics } from './cost-metrics.ts'
export type { GaugeReading } from './reading.ts'
