import { add, type Decimal, decimal, formatDecimal } from './decimal.ts'
import type { Cost, CostComponent, CostSource, PriceableCall, PricedCost, Usage } from './types.ts'

/**
 * Splits a call for which further models worked: into its own part, and one call for each of them. Usage that its
 * totals include is subtracted from them; if nothing is left (Groq's Compound has no model of its own), its tools go
 * with the first of the others. `undefined` if the totals are less than what they are said to include.
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

/** The sum of the parts' costs; without a price if any part has none. */
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

/** The source of the sum: an estimate if any part is one, else the customer's own price if any part has that. */
function sourceOf(sources: readonly CostSource[]): CostSource {
  return (['estimated', 'contract'] as const).find((source) => sources.includes(source)) ?? 'list'
}
