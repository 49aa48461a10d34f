import { add, atScale, type Decimal, decimal, multiply, subtract, type Units, ZERO } from './decimal.ts'
import { TOKEN_METERS } from './price-file.ts'
import { quantities, splitUsage } from './quantities.ts'
import { COMPONENT_OF, costOf, METERS, type RateCard } from './rate-card.ts'
import { toolName } from './tool-names.ts'
import type { CostComponent, PriceableCall, UnpricedReason } from './types.ts'

/**
 * What a call costs on one card, exactly: in whole units of 10^-`scale` USD, as big integers if safe ones don't
 * suffice.
 */
export interface Settled {
  readonly scale: number
  readonly amount: Units
  /** The components that the call has, and what each comes to; they sum to the amount. */
  readonly components: readonly CostComponent[]
  readonly parts: readonly Units[]
  readonly cacheSavings: Units | undefined
  /** Notes for the reader, in addition to the card's decisions. */
  readonly notes: readonly string[]
}

export interface Unsettled {
  reason: UnpricedReason
  detail: string
}

const COMPONENTS: readonly CostComponent[] = [...new Set(METERS.map((meter) => COMPONENT_OF[meter])), 'tools']
const COMPONENT_INDEX = METERS.map((meter) => COMPONENTS.indexOf(COMPONENT_OF[meter]))
const READS_AND_WRITES = [
  METERS.indexOf('cacheRead'),
  METERS.indexOf('cacheWrite'),
  METERS.indexOf('cacheWrite1h'),
  METERS.indexOf('cacheWrite12h'),
]
const TOKEN_METER_COUNT = TOKEN_METERS.length

const sums = new Float64Array(COMPONENTS.length)

/** Multiplies what a call used with the rates of its card: in safe integers or, if those don't suffice, in big ones. */
export function settle(call: PriceableCall, card: RateCard): Settled | Unsettled {
  const impossible = splitUsage(call, card)
  if (impossible !== undefined) return { reason: 'impossible_usage', detail: impossible }
  const fast =
    call.tools === undefined && card.integers !== undefined
      ? settleFast(card.integers, card.scale)
      : undefined
  return fast ?? whatHasNoPrice(call, card) ?? settleExactly(call, card)
}

function whatHasNoPrice(call: PriceableCall, card: RateCard): Unsettled | undefined {
  let billed = false
  let missing: string | undefined
  for (let index = 0; index < METERS.length; index += 1) {
    if (quantities[index] === 0) continue
    const meter = METERS[index]!
    if (card.rates[meter] !== undefined) billed = true
    // Citations are free where no price is listed for them.
    else if (index < TOKEN_METER_COUNT && card.billsTokens && meter !== 'citation') missing ??= meter
  }
  if (missing !== undefined)
    return { reason: 'no_price_for_usage', detail: `no price is listed for ${missing}` }
  if (billed) return undefined
  if (Object.values(call.usage).some((count) => count > 0))
    return { reason: 'no_price_for_usage', detail: 'no price is listed for what the call used' }
  return isNothing(call, card) || hasToolCalls(call)
    ? undefined
    : { reason: 'no_usage', detail: 'the call reports no usage of what is billed' }
}

/**
 * Whether the call states usage of what it is billed by, which then is zero. Zero of something else says nothing about
 * the cost.
 */
function isNothing({ usage }: PriceableCall, { rates, billsTokens }: RateCard): boolean {
  const tokens = rates.input === undefined ? (usage.inputTokens ?? usage.outputTokens) : usage.inputTokens
  return (
    (billsTokens && tokens !== undefined) ||
    (rates.images !== undefined && usage.images !== undefined) ||
    ((rates.seconds ?? rates.videoSeconds) !== undefined && usage.seconds !== undefined) ||
    (rates.characters !== undefined && usage.characters !== undefined) ||
    (rates.pages !== undefined && usage.pages !== undefined) ||
    (rates.searchUnits !== undefined && usage.searchUnits !== undefined)
  )
}

function hasToolCalls({ tools = {} }: PriceableCall): boolean {
  return Object.values(tools).some((times) => times !== 0)
}

/** `undefined` if a quantity has no integer rate, or a product is too large: then the exact path is taken. */
function settleFast(integers: Float64Array, scale: number): Settled | undefined {
  sums.fill(0)
  let present = 0
  let total = 0
  for (let index = 0; index < integers.length; index += 1) {
    const quantity = quantities[index]!
    if (quantity === 0) continue
    const cost = quantity * integers[index]!
    if (!(cost <= Number.MAX_SAFE_INTEGER) || quantity % 1 !== 0) return undefined
    const component = COMPONENT_INDEX[index]!
    sums[component] = sums[component]! + cost
    present |= 1 << component
    total += cost
  }
  if (present === 0 || total > Number.MAX_SAFE_INTEGER) return undefined
  const components = componentsOf(present)
  const parts = new Array<number>(components.length)
  let part = 0
  for (let index = 0; index < COMPONENTS.length; index += 1)
    if ((present & (1 << index)) !== 0) parts[part++] = sums[index]!
  return { scale, amount: total, components, parts, cacheSavings: savingsFast(integers), notes: NO_NOTES }
}

const NO_NOTES: readonly string[] = []
const componentLists: (readonly CostComponent[] | undefined)[] = []

/** The list of the components that have a cost here. */
export function componentList(costs: Partial<Record<CostComponent, unknown>>): readonly CostComponent[] {
  return componentsOf(
    COMPONENTS.reduce((bits, name, index) => (name in costs ? bits | (1 << index) : bits), 0),
  )
}

/** Always the same array for the same components, so that callers can use it as a key. */
function componentsOf(present: number): readonly CostComponent[] {
  componentLists[present] ??= COMPONENTS.filter((_, index) => (present & (1 << index)) !== 0)
  return componentLists[present]
}

function savingsFast(integers: Float64Array): number | undefined {
  let used = false
  let spent = 0
  for (const index of READS_AND_WRITES) {
    if (quantities[index] === 0) continue
    used = true
    spent += quantities[index]! * integers[index]!
  }
  return used ? quantities[READS_AND_WRITES[0]!]! * integers[0]! - spent : undefined
}

function settleExactly(call: PriceableCall, card: RateCard): Settled | Unsettled {
  const costs: Decimal[] = COMPONENTS.map(() => ZERO)
  let present = 0
  const put = (component: CostComponent, cost: Decimal) => {
    const index = COMPONENTS.indexOf(component)
    costs[index] = add(costs[index]!, cost)
    present |= 1 << index
  }
  for (const [index, meter] of METERS.entries()) {
    const rate = card.rates[meter]
    if (quantities[index] !== 0 && rate !== undefined)
      put(COMPONENT_OF[meter], costOf(rate, quantities[index]!))
  }
  const notes: string[] = []
  for (const [name, times] of Object.entries(call.tools ?? {})) {
    if (times === 0 || name === 'annotation' || name === 'document_annotation') continue
    if (!Number.isSafeInteger(times) || times < 0)
      return { reason: 'impossible_usage', detail: `${times} calls of ${name}` }
    const known = toolName(name)
    const rate = card.tools[name] ?? card.tools[known]
    if (rate === undefined) {
      if (known === 'free') continue
      return { reason: 'unknown_tool', detail: `no fee is known for the tool ${name}` }
    }
    put('tools', costOf(rate, rate.perRequest ? 1 : times))
    if (rate.note !== undefined) notes.push(rate.note)
  }
  const saved = savings(card)
  const scale = Math.max(saved?.scale ?? 0, ...costs.map((cost) => cost.scale))
  const parts = costs.filter((_, index) => (present & (1 << index)) !== 0).map((cost) => atScale(cost, scale))
  return {
    scale,
    amount: parts.reduce((sum, part) => sum + part, 0n),
    components: componentsOf(present),
    parts,
    cacheSavings: saved && atScale(saved, scale),
    notes,
  }
}

function savings(card: RateCard): Decimal | undefined {
  const { input } = card.rates
  if (input === undefined || READS_AND_WRITES.every((index) => quantities[index] === 0)) return undefined
  let saved = multiply(input.value, decimal(quantities[READS_AND_WRITES[0]!]!))
  for (const index of READS_AND_WRITES) {
    const rate = card.rates[METERS[index]!]
    if (rate !== undefined) saved = subtract(saved, costOf(rate, quantities[index]!))
  }
  return saved
}
