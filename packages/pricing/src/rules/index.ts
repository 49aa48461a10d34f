import { contextTier } from './context-tier.ts'
import { currency } from './currency.ts'
import { discount } from './discount.ts'
import { priceDate } from './price-date.ts'
import { provisioned } from './provisioned.ts'
import { region } from './region.ts'
import { routerSuffix } from './router-suffix.ts'
import { serviceTier } from './service-tier.ts'
import { thinking } from './thinking.ts'
import { timeOfDay } from './time-of-day.ts'
import type { PricingRule } from './types.ts'

/**
 * How providers combine their price dimensions, in order: the dated price, its regional sheet or factor, the tier that
 * served the call, time of day, size of the input, thinking; then what applies to the whole amount.
 */
export const LIST_RULES: readonly PricingRule[] = [
  priceDate,
  region,
  serviceTier,
  timeOfDay,
  contextTier,
  thinking,
  routerSuffix,
  currency,
]

/** What the customer has agreed on top of the list price. */
export const CUSTOMER_RULES: readonly PricingRule[] = [discount, provisioned]
