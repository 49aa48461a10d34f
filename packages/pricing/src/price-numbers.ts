import { unitsToNumber } from './decimal.ts'
import type { PriceBook } from './price-book.ts'
import { composedFor, priceUsage } from './price-usage.ts'
import { selfHostedCost } from './self-hosted.ts'
import { componentList, settle } from './settle.ts'
import type { Cost, CostComponent, CostSource, PriceableCall, UnpricedReason } from './types.ts'

/** A cost in doubles: each the nearest to the exact amount, as it goes on a span. */
export type CostNumbers = PricedNumbers | { readonly priced: false; readonly reason: UnpricedReason }

export interface PricedNumbers {
  readonly priced: true
  /** USD. */
  readonly amount: number
  /** The components that the call has: the same list for all costs of these components. */
  readonly components: readonly CostComponent[]
  /** The cost of each of them. */
  readonly parts: readonly number[]
  readonly listAmount: number
  readonly cacheSavings: number | undefined
  readonly price: string
  readonly source: CostSource
}

/**
 * The same as `priceUsage`, for callers that write millions of costs a minute as doubles: formats no decimals, and
 * doesn't say how the price was found.
 */
export function priceNumbers(call: PriceableCall, book: PriceBook): CostNumbers {
  const selfHosted = book.overrides === undefined ? undefined : selfHostedCost(call, book.overrides)
  if (selfHosted !== undefined) return numbersOf(selfHosted)
  if (call.declaredCost !== undefined || call.furtherUsage !== undefined)
    return numbersOf(priceUsage(call, book))
  const { effective, list, reason } = composedFor(call, book)
  if (effective === undefined) return { priced: false, reason: reason! }
  const settled = settle(call, effective)
  if ('reason' in settled) return { priced: false, reason: settled.reason }
  const { scale, components, parts, cacheSavings } = settled
  const amount = unitsToNumber(settled.amount, scale)
  const listed = list === effective || list === undefined ? settled : settle(call, list)
  const listAmount = 'reason' in listed ? amount : unitsToNumber(listed.amount, listed.scale)
  return {
    priced: true,
    amount,
    components,
    parts: parts.map((part) => unitsToNumber(part, scale)),
    listAmount,
    cacheSavings: cacheSavings === undefined ? undefined : unitsToNumber(cacheSavings, scale),
    price: effective.stamp,
    source: effective.source,
  }
}

function numbersOf(cost: Cost): CostNumbers {
  if (!cost.priced) return { priced: false, reason: cost.reason }
  const components = componentList(cost.components)
  return {
    priced: true,
    amount: Number(cost.amount),
    components,
    parts: components.map((component) => Number(cost.components[component])),
    listAmount: Number(cost.listAmount),
    cacheSavings: cost.cacheSavings === undefined ? undefined : Number(cost.cacheSavings),
    price: cost.price,
    source: cost.source,
  }
}
