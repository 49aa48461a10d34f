import type { CostNumbers, PricedNumbers } from '@spanmeter/pricing'
import type { AttributeBlock } from '../otlp/attribute-block.ts'
import type { AttributeWriter } from '../otlp/types.ts'
import {
  ATTR_COST_AMOUNT,
  ATTR_COST_CACHE_SAVINGS,
  ATTR_COST_CURRENCY,
  ATTR_COST_INCLUSIVE,
  ATTR_COST_LIST_AMOUNT,
  ATTR_COST_PREFIX,
  ATTR_COST_PRICE,
  ATTR_COST_ROLE,
  ATTR_COST_SOURCE,
  ATTR_COST_UNPRICED,
  ATTR_LEGACY_COST,
} from '../semconv.ts'

/** Writes what a call cost, or why that isn't known. The parts sum to the amount. */
export function writeCost(writer: AttributeWriter, cost: CostNumbers, writeLegacyName: boolean): void {
  if (!cost.priced) {
    writer.string(ATTR_COST_ROLE, 'own')
    writer.string(ATTR_COST_UNPRICED, cost.reason)
    return
  }
  const { block, hasListAmount } = blockOf(cost, writeLegacyName)
  let count = 0
  doubles[count++] = cost.amount
  if (hasListAmount) doubles[count++] = cost.listAmount
  for (const part of cost.parts) doubles[count++] = part
  if (cost.cacheSavings !== undefined) doubles[count++] = cost.cacheSavings
  doubles[count] = cost.amount
  writer.block(block, doubles)
}

const doubles = new Float64Array(16)

/** The attributes and texts of costs that differ only in their numbers. */
interface CostBlock extends Pick<PricedNumbers, 'components' | 'source'> {
  readonly hasListAmount: boolean
  readonly hasCacheSavings: boolean
  readonly hasLegacyName: boolean
  readonly block: AttributeBlock
}

const blocksByPrice = new Map<string, CostBlock[]>()
/** The name of a declared price contains the model, which comes from outside: so what is kept is bounded. */
const MOST_PRICES = 4096
const LONGEST_PRICE = 512

function blockOf(cost: PricedNumbers, hasLegacyName: boolean): CostBlock {
  const { price, components, source } = cost
  const hasListAmount = cost.listAmount !== cost.amount
  const hasCacheSavings = cost.cacheSavings !== undefined
  let blocks = blocksByPrice.get(price)
  if (blocks === undefined) {
    blocks = []
    if (blocksByPrice.size >= MOST_PRICES) blocksByPrice.clear()
    if (price.length <= LONGEST_PRICE) blocksByPrice.set(price, blocks)
  }
  for (const known of blocks) {
    if (
      known.components === components &&
      known.source === source &&
      known.hasListAmount === hasListAmount &&
      known.hasCacheSavings === hasCacheSavings &&
      known.hasLegacyName === hasLegacyName
    ) {
      return known
    }
  }
  const attributes: AttributeBlock['attributes'] = [
    [ATTR_COST_ROLE, 'own'],
    [ATTR_COST_AMOUNT, undefined],
    [ATTR_COST_CURRENCY, 'USD'],
    ...(hasListAmount ? ([[ATTR_COST_LIST_AMOUNT, undefined]] as const) : []),
    ...components.map((component) => [ATTR_COST_PREFIX + component, undefined] as const),
    ...(hasCacheSavings ? ([[ATTR_COST_CACHE_SAVINGS, undefined]] as const) : []),
    [ATTR_COST_SOURCE, source],
    [ATTR_COST_PRICE, price],
    ...(hasLegacyName ? ([[ATTR_LEGACY_COST, undefined]] as const) : []),
  ]
  const made = { components, source, hasListAmount, hasCacheSavings, hasLegacyName, block: { attributes } }
  blocks.push(made)
  return made
}

/** A wrapper repeats the usage of the calls beneath it, so it has no cost of its own. */
export function writeWrapper(writer: AttributeWriter): void {
  writer.string(ATTR_COST_ROLE, 'wrapper')
}

/** @param units in 10^-12 USD. */
export function writeInclusiveCost(writer: AttributeWriter, units: number): void {
  writer.double(ATTR_COST_INCLUSIVE, units / 1e12)
}

/** An amount of USD in units of 10^-12 USD, in which costs are added up. */
export function costUnits(amount: number): number {
  return Math.round(amount * 1e12)
}
