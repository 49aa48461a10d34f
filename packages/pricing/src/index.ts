export type {
  Cost,
  CostComponent,
  CostSource,
  PriceableCall,
  PricedCost,
  UnpricedCost,
  Usage,
} from './types.ts'
