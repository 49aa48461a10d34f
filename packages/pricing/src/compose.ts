import { ONE, ZERO } from './decimal.ts'
import type { ModelMatch } from './model-match.ts'
import {
  type ContractPriceInput,
  covers,
  holds,
  type Overrides,
  type Scoped,
  type ScopeInput,
  stableTime,
} from './overrides.ts'
import type { DatedPrice } from './price-file.ts'
import { type RateCard, rateCard } from './rate-card.ts'
import { CUSTOMER_RULES, LIST_RULES } from './rules/index.ts'
import { ALL_CALLS, type CardValidity, type Draft, type PricingRule } from './rules/types.ts'
import type { CostSource, PriceableCall, UnpricedReason } from './types.ts'

/** What calls of one kind cost: at list price, and to this customer. */
export interface Composed extends Readonly<CardValidity> {
  readonly list: RateCard | undefined
  readonly effective: RateCard | undefined
  /**
   * The customer has a price or capacity of their own, which a cost declared by the provider doesn't replace (while it
   * does replace a discounted list price).
   */
  readonly contracted: boolean
  readonly reason: UnpricedReason | undefined
  readonly decisions: readonly string[]
  readonly dependsOnTenant: boolean
}

/** Runs the rules for a call whose model is known to the list, to a contract, or to both. */
export function compose(call: PriceableCall, match: ModelMatch, overrides: Overrides | undefined): Composed {
  const at = call.at.getTime()
  const drafts: Draft[] = []
  const list = newDraft(
    call,
    match,
    overrides,
    match.model.prices,
    match.estimated === true ? 'estimated' : 'list',
  )
  let reason: UnpricedReason | undefined =
    match.model.prices.length === 0 ? 'unknown_model' : run(LIST_RULES, list)
  drafts.push(list)
  const listCard = reason === undefined ? rateCard({ ...list, decisions: [...list.decisions] }) : undefined

  const contract = contractPrice(overrides, call, match, at)
  let effective = list
  if (contract !== undefined) {
    const draft = newDraft(call, match, overrides, [contract], 'contract')
    draft.decisions.push(`contract: price of ${contract.from} for ${match.id}`)
    drafts.push(draft)
    const refused = run(LIST_RULES, draft)
    if (refused === undefined) {
      reason = undefined
      effective = draft
      draft.source = 'contract'
    } else {
      if (reason === 'unknown_model') reason = refused
      list.decisions.push(`contract: it has no price for this call (${refused})`)
    }
  }
  if (reason === undefined) run(CUSTOMER_RULES, effective)
  const untouched = effective === list && list.source !== 'contract'
  const stable = stableTime(datedEntries(overrides, call, match), at)
  return {
    list: listCard,
    effective: reason !== undefined ? undefined : untouched ? listCard : rateCard(effective),
    contracted: effective !== list || (list.source === 'contract' && list.totalFactor === ZERO),
    reason,
    decisions: effective.decisions,
    validFrom: Math.max(stable.from, ...drafts.map((draft) => draft.validFrom)),
    validUntil: Math.min(stable.until, ...drafts.map((draft) => draft.validUntil)),
    inputAbove: Math.max(...drafts.map((draft) => draft.inputAbove)),
    inputUpTo: Math.min(...drafts.map((draft) => draft.inputUpTo)),
    dependsOnThinking: drafts.some((draft) => draft.dependsOnThinking),
    dependsOnTenant: overrides?.namesTenants === true,
  }
}

function run(rules: readonly PricingRule[], draft: Draft): UnpricedReason | undefined {
  for (const rule of rules) {
    const reason = rule.apply(draft)
    if (reason !== undefined) return reason
  }
  return undefined
}

function newDraft(
  call: PriceableCall,
  match: ModelMatch,
  overrides: Overrides | undefined,
  prices: readonly DatedPrice[],
  source: CostSource,
): Draft {
  return {
    call,
    match,
    overrides,
    prices,
    sheet: {},
    rateFactor: ONE,
    totalFactor: ONE,
    source,
    stamp: '',
    ...ALL_CALLS,
    decisions: [...match.steps],
  }
}

/** The contract price that holds: the tenant's own before everyone's, the latest first. */
function contractPrice(
  overrides: Overrides | undefined,
  call: PriceableCall,
  match: ModelMatch,
  at: number,
): DatedPrice | undefined {
  let best: Scoped<ContractPriceInput> | undefined
  for (const scoped of overrides?.prices ?? []) {
    if (!covers(scoped.entry, call, match) || !holds(scoped, at)) continue
    if (
      best === undefined ||
      rank(scoped) > rank(best) ||
      (rank(scoped) === rank(best) && scoped.from >= best.from)
    )
      best = scoped
  }
  if (best === undefined) return undefined
  const { provider: _provider, model: _model, tenant: _tenant, to: _to, ...sheet } = best.entry
  const from = best.entry.from ?? '1970-01-01'
  return { ...sheet, from, sources: ['overrides'], checked: from }
}

function rank({ entry }: Scoped<ContractPriceInput>): number {
  return (entry.tenant === undefined ? 0 : 2) + (entry.model.endsWith('*') ? 0 : 1)
}

function datedEntries(
  overrides: Overrides | undefined,
  call: PriceableCall,
  match: ModelMatch,
): Scoped<ScopeInput>[] {
  if (overrides === undefined) return []
  const all: Scoped<ScopeInput>[] = [...overrides.prices, ...overrides.discounts, ...overrides.provisioned]
  return all.filter((scoped) => covers(scoped.entry, call, match))
}
