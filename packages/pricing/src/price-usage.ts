import { remember, remembered } from './card-cache.ts'
import { type Composed, compose } from './compose.ts'
import { formatUnits } from './decimal.ts'
import { declaredCost } from './declared-cost.ts'
import { callsByModel, sumOfCosts } from './further-usage.ts'
import type { ModelMatch } from './model-match.ts'
import { covers } from './overrides.ts'
import type { PriceBook } from './price-book.ts'
import { ALL_CALLS } from './rules/types.ts'
import { selfHostedCost } from './self-hosted.ts'
import { settle } from './settle.ts'
import type { Cost, PriceableCall, PricedCost } from './types.ts'

/**
 * What a call cost, exactly, and how that was found. Precedence: the customer's contract, what the provider declared, the
 * list price. Never throws; where the price can't be known, it says why.
 */
export function priceUsage(call: PriceableCall, book: PriceBook): Cost {
  const selfHosted = book.overrides === undefined ? undefined : selfHostedCost(call, book.overrides)
  if (selfHosted !== undefined) return selfHosted
  const composed = composedFor(call, book)
  const cost = call.furtherUsage === undefined ? listCost(call, composed) : costByModel(call, book)
  if (call.declaredCost === undefined || composed.contracted) return cost
  return (
    declaredCost(call, cost.priced ? cost.listAmount : undefined, composed, book.overrides) ?? {
      ...cost,
      decisions: [...cost.decisions, unusable(call.declaredCost)],
    }
  )
}

function costByModel(call: PriceableCall, book: PriceBook): Cost {
  const calls = callsByModel(call)
  if (calls !== undefined) return sumOfCosts(calls.map((part) => listCost(part, composedFor(part, book))))
  return {
    priced: false,
    reason: 'impossible_usage',
    decisions: ['usage: what further models used exceeds the totals that it is said to be part of'],
  }
}

function unusable({ amount, currency }: NonNullable<PriceableCall['declaredCost']>): string {
  return `declared: ${amount} ${currency} is not used: not an amount, or no dated rate for its currency`
}

/** What calls of this kind cost; composed once, and remembered. */
export function composedFor(call: PriceableCall, book: PriceBook): Composed {
  const slot = book.cards.slot(call.provider, call.model)
  let composed = remembered(slot, call)
  if (composed === undefined) {
    composed = composeFresh(call, book)
    remember(slot, call, composed)
  }
  return composed
}

function composeFresh(call: PriceableCall, book: PriceBook): Composed {
  const found = book.find(call)
  if (typeof found === 'object') return compose(call, found, book.overrides)
  const contracted = book.overrides?.prices.some(({ entry }) => covers(entry, call, undefined)) === true
  if (contracted) return compose(call, unlisted(call, book), book.overrides)
  return {
    list: undefined,
    effective: undefined,
    contracted: false,
    reason: found,
    decisions: [`model: ${call.provider}/${call.model} is in no price list`],
    ...ALL_CALLS,
    dependsOnTenant: false,
  }
}

/** A model that only a contract knows. */
function unlisted(call: PriceableCall, book: PriceBook): ModelMatch {
  const provider = book.provider(call.provider) ?? {
    provider: call.provider,
    name: call.provider,
    pages: [],
    models: {},
  }
  return { provider, id: call.model, model: { prices: [] }, steps: [] }
}

function listCost(call: PriceableCall, composed: Composed): Cost {
  const { effective, list, reason, decisions } = composed
  if (effective === undefined) return { priced: false, reason: reason!, decisions }
  const settled = settle(call, effective)
  if ('reason' in settled)
    return { priced: false, reason: settled.reason, decisions: [...decisions, settled.detail] }
  const { amount, components, parts, cacheSavings, scale, notes } = settled
  const listed = list === effective || list === undefined ? undefined : settle(call, list)
  const formatted = formatUnits(amount, scale)
  const cost: PricedCost = {
    priced: true,
    amount: formatted,
    currency: 'USD',
    components: {},
    listAmount:
      listed === undefined || 'reason' in listed ? formatted : formatUnits(listed.amount, listed.scale),
    price: effective.stamp,
    source: effective.source,
    decisions: notes.length === 0 ? decisions : [...decisions, ...notes],
  }
  for (let index = 0; index < parts.length; index += 1)
    cost.components[components[index]!] = formatUnits(parts[index]!, scale)
  if (cacheSavings !== undefined) cost.cacheSavings = formatUnits(cacheSavings, scale)
  return cost
}
