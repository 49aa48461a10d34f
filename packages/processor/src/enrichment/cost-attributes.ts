import type { Cost } from '@spanmeter/pricing'
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
} from './semconv.ts'

/** Writes what a call cost, or why that isn't known. The parts sum to the amount. */
export function writeCost(writer: AttributeWriter, cost: Cost, writeLegacyName: boolean): void {
  writer.string(ATTR_COST_ROLE, 'own')
  if (!cost.priced) {
    writer.string(ATTR_COST_UNPRICED, cost.reason)
    return
  }
  const amount = Number(cost.amount)
  writer.double(ATTR_COST_AMOUNT, amount)
  writer.string(ATTR_COST_CURRENCY, cost.currency)
  if (cost.listAmount !== cost.amount) writer.double(ATTR_COST_LIST_AMOUNT, Number(cost.listAmount))
  for (const component in cost.components) {
    writer.double(
      componentName(component),
      Number(cost.components[component as keyof typeof cost.components]),
    )
  }
  if (cost.cacheSavings !== undefined) writer.double(ATTR_COST_CACHE_SAVINGS, Number(cost.cacheSavings))
  writer.string(ATTR_COST_SOURCE, cost.source)
  writer.string(ATTR_COST_PRICE, cost.price)
  if (writeLegacyName) writer.double(ATTR_LEGACY_COST, amount)
}

/** A wrapper repeats the usage of calls beneath it: its cost is theirs, and is not counted again. */
export function writeWrapper(writer: AttributeWriter): void {
  writer.string(ATTR_COST_ROLE, 'wrapper')
}

/** `units`: 10^-12 USD. */
export function writeInclusiveCost(writer: AttributeWriter, units: number): void {
  writer.double(ATTR_COST_INCLUSIVE, units / 1e12)
}

/** An exact decimal amount of USD in 10^-12 USD, which is what costs are added up in. */
export function costUnits(amount: string): number {
  return Math.round(Number(amount) * 1e12)
}

const componentNames = new Map<string, string>()

function componentName(component: string): string {
  let name = componentNames.get(component)
  if (name === undefined) {
    name = ATTR_COST_PREFIX + component
    componentNames.set(component, name)
  }
  return name
}
