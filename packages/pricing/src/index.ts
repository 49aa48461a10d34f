export type { OverridesInput } from './overrides.ts'
export { OverridesError } from './overrides-check.ts'
export { loadPriceBook, type PriceBook } from './price-book.ts'
export type { DatedPrice, ModelPrices, ProviderFile, Sheet } from './price-file.ts'
export { type CostNumbers, type PricedNumbers, priceNumbers } from './price-numbers.ts'
export { priceUsage } from './price-usage.ts'
export type { Problem } from './problem.ts'
export { type AlgebraRule, type InclusiveUsage, inclusiveUsage, type ReportedUsage } from './token-algebra.ts'
export {
  type Cost,
  type CostComponent,
  type CostSource,
  type ModelUsage,
  type PriceableCall,
  type PricedCost,
  type UnpricedCost,
  type UnpricedReason,
  USAGE_PARTS,
  type Usage,
} from './types.ts'
