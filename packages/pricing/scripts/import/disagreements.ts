import type { DatedPrice, ProviderFile, TokenMeter } from '../../src/price-file.ts'
import type { Decision } from './decisions.ts'
import { decisionFor } from './decisions.ts'
import type { Fact } from './facts.ts'

/** A data set that states another price than the book, for the day it was taken. */
export interface Disagreement {
  provider: string
  model: string
  meter: TokenMeter
  source: string
  stated: number
  book: number
}

const COMPARED: readonly TokenMeter[] = ['input', 'cacheRead', 'cacheWrite', 'cacheWrite1h', 'output']

/** All statements of the data sets that the book contradicts and no written decision settles. */
export function disagreements(
  facts: readonly Fact[],
  book: ReadonlyMap<string, ProviderFile>,
  decisions: readonly Decision[],
): Disagreement[] {
  const found: Disagreement[] = []
  for (const fact of facts) {
    const model = book.get(fact.provider)?.models[fact.model]
    const stated = fact.sheet.perMillionTokens
    if (model === undefined || stated === undefined) continue
    const price = inForce(model.prices, fact)
    for (const meter of COMPARED) {
      const own = price.perMillionTokens?.[meter]
      const other = stated[meter]
      if (own === undefined || other === undefined || Math.abs(own - other) <= 0.005 * Math.max(own, other))
        continue
      if (decisionFor(decisions, fact, meter) !== undefined) continue
      found.push({
        provider: fact.provider,
        model: fact.model,
        meter,
        source: `${fact.source}@${fact.date}`,
        stated: other,
        book: own,
      })
    }
  }
  return found
}

/**
 * The price on the day that a fact is about: its first day, else the last price before its end, else the day the data
 * set was taken.
 */
function inForce(prices: readonly DatedPrice[], fact: Fact): DatedPrice {
  const own = fact.source === 'genai-prices' ? fact.from : undefined
  if (own === undefined && fact.until !== undefined) {
    const { until } = fact
    return prices.findLast(({ from }) => from < until) ?? prices[0]!
  }
  const day = own ?? fact.date
  return prices.findLast(({ from }) => from <= day) ?? prices[0]!
}
