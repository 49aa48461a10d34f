import type { PricingRule } from './types.ts'

/** The price in force when the call was made. A price ends where the next one begins. */
export const priceDate: PricingRule = {
  name: 'price-date',
  apply(draft) {
    const at = draft.call.at.getTime()
    if (Number.isNaN(at)) return 'impossible_time'
    const { prices } = draft
    let index = prices.length - 1
    while (index > 0 && Date.parse(prices[index]!.from) > at) index -= 1
    const price = prices[index]!
    const next = prices[index + 1]
    draft.sheet = price
    draft.stamp = `${draft.match.provider.provider}/${draft.match.id}@${price.from}`
    draft.decisions.push(`price ${draft.stamp}`)
    const from = Date.parse(price.from)
    // The list doesn't go back this far: the first known price is the best estimate.
    if (at < from) {
      draft.source = 'estimated'
      draft.decisions.push(`price-date: the call is older than the first known price, of ${price.from}`)
      draft.validUntil = from
    } else {
      draft.validFrom = from
      draft.validUntil = next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next.from)
    }
    return undefined
  },
}
