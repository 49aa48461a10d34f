import type { Decimal } from '../decimal.ts'
import type { ModelMatch } from '../model-match.ts'
import type { Overrides } from '../overrides.ts'
import type { DatedPrice, Sheet } from '../price-file.ts'
import type { CostSource, PriceableCall, UnpricedReason } from '../types.ts'

/** Which further calls of the same kind a card holds for. */
export interface CardValidity {
  /** Milliseconds since the epoch, from and before which they were made. */
  validFrom: number
  validUntil: number
  /** Their input tokens: more than `inputAbove`, up to `inputUpTo`. */
  inputAbove: number
  inputUpTo: number
  /** The card differs between calls that thought and calls that did not. */
  dependsOnThinking: boolean
}

export const ALL_CALLS: Readonly<CardValidity> = {
  validFrom: Number.NEGATIVE_INFINITY,
  validUntil: Number.POSITIVE_INFINITY,
  inputAbove: Number.NEGATIVE_INFINITY,
  inputUpTo: Number.POSITIVE_INFINITY,
  dependsOnThinking: false,
}

/** What is being put together for one kind of call; each rule narrows or adjusts it. */
export interface Draft extends CardValidity {
  readonly call: PriceableCall
  readonly match: ModelMatch
  readonly overrides: Overrides | undefined
  /** The prices to choose from, oldest first: the list's, or a contract's. */
  readonly prices: readonly DatedPrice[]
  /** The rates as narrowed so far. */
  sheet: Sheet
  /** On token and duration rates, never on tool or request fees. */
  rateFactor: Decimal
  /** On everything: customer discounts and margins, currency. */
  totalFactor: Decimal
  source: CostSource
  /** Which price, as the result states it. */
  stamp: string
  readonly decisions: string[]
}

/**
 * One price dimension. A rule reads the call and the draft, changes the draft, and says so in `decisions`;
 * it returns a reason where the price can't be known. Cards are kept for further calls of the same kind, so a rule
 * that reads the time or the size of the input narrows `valid*` or `input*` to where its answer holds.
 */
export interface PricingRule {
  readonly name: string
  apply(draft: Draft): UnpricedReason | undefined
}
