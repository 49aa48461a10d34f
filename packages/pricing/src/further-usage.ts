import { add, type Decimal, decimal, formatDecimal } from './decimal.ts'
import type { Cost, CostComponent, CostSource, PriceableCall, PricedCost, Usage } from './types.ts'

/**
 * What a call is billed as that had further models work for it: its own part, and one call for each of theirs. What its totals
 * count of theirs is taken off them; where nothing is left for a model of its own (Groq's Compound), its tools go with the first
 * of the others. `undefined` where the totals hold less than is said to be in them.
 */
export function callsByModel(call: PriceableCall): PriceableCall[] | undefined {
  const { furtherUsage = [], declaredCost: _declared, ...own } = call
  const rest = withoutIncluded(call)
  if (rest === undefined) return undefined
  const { tools, requestModel: _asked, durationSeconds: _duration, image: _image, ...circumstances } = own
  const others = furtherUsage.map(({ model, usage }): PriceableCall => ({ ...circumstances, model, usage }))
  const [first, ...following] = others
  if (first === undefined || !furtherUsage.some(({ included }) => included) || !isNothing(rest))
    return [{ ...own, usage: rest }, ...others]
  return [tools === undefined ? first : { ...first, tools }, ...following]
}

function withoutIncluded({ usage, furtherUsage = [] }: PriceableCall): Usage | undefined {
  const rest = { ...usage }
  for (const { included, usage: theirs } of furtherUsage) {
    if (included !== true) continue
    for (const part of Object.keys(theirs) as (keyof Usage)[]) {
      const total = rest[part]
      if (total === undefined) continue
      rest[part] = total - (theirs[part] ?? 0)
      if (rest[part] < 0) return undefined
    }
  }
  return rest
}

function isNothing(usage: Usage): boolean {
  return Object.values(usage).every((count) => count === 0)
}

/** The sum of what a call is billed as; it has no price where a part of it has none. */
export function sumOfCosts(costs: readonly Cost[]): Cost {
  const decisions = costs.flatMap((cost) => cost.decisions)
  const priced: PricedCost[] = []
  for (const cost of costs) {
    if (!cost.priced) return { priced: false, reason: cost.reason, decisions }
    priced.push(cost)
  }
  const sum: PricedCost = {
    priced: true,
    amount: sumOf(priced.map(({ amount }) => amount)),
    currency: 'USD',
    components: {},
    listAmount: sumOf(priced.map(({ listAmount }) => listAmount)),
    price: [...new Set(priced.map(({ price }) => price))].join(' + '),
    source: sourceOf(priced.map(({ source }) => source)),
    decisions,
  }
  for (const component of new Set(priced.flatMap(({ components }) => namesIn(components))))
    sum.components[component] = sumOf(priced.flatMap(({ components }) => components[component] ?? []))
  const savings = priced.flatMap(({ cacheSavings }) => cacheSavings ?? [])
  if (savings.length > 0) sum.cacheSavings = sumOf(savings)
  return sum
}

function namesIn(components: PricedCost['components']): CostComponent[] {
  return Object.keys(components) as CostComponent[]
}

function sumOf(amounts: readonly string[]): string {
  return formatDecimal(amounts.reduce((sum: Decimal, amount) => add(sum, decimal(amount)), decimal(0)))
}

/** Of different ones, what holds for the sum: with a part of it an estimate, or at the customer's own price, all of it is. */
function sourceOf(sources: readonly CostSource[]): CostSource {
  return (['estimated', 'contract'] as const).find((source) => sources.includes(source)) ?? 'list'
}
