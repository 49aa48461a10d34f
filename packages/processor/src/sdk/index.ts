export type { AttributionOptions, AttributionRule, TagContract } from '../attribution/types.ts'
export { CostSpanProcessor, type CostSpanProcessorOptions } from './cost-span-processor.ts'
