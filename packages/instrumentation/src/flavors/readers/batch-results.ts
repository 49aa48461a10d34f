import { sumOf } from '../../wire/json.ts'
import type { FurtherUsage, GenAiResponse, GenAiUsage } from '../types.ts'
import { known } from './known.ts'
import { toolRequests } from './tool-requests.ts'

/** What the results of a batch used, added up: with more than one model among them, that of each by itself as well. */
export function addUpResults(results: readonly GenAiResponse[]): GenAiResponse {
  const answered = results.filter(({ usage }) => usage !== undefined)
  const own = answered.map(({ model, usage }): FurtherUsage => known({ model, included: true, usage }))
  const costs = answered.flatMap(({ declaredCost }) => declaredCost?.amount ?? [])
  const model = sharedBy(answered, 'model')
  const further = answered.flatMap(({ furtherUsage = [] }) => furtherUsage)
  const furtherUsage = byModel(model === undefined ? [...own, ...further] : further)
  return known<GenAiResponse>({
    model,
    batch: true,
    inferenceGeo: sharedBy(answered, 'inferenceGeo'),
    usage: answered.map(({ usage }) => usage).reduce(addUsages, undefined),
    furtherUsage: furtherUsage.length > 0 ? furtherUsage : undefined,
    toolRequests: toolRequests(answered.flatMap((result) => Object.entries(result.toolRequests ?? {}))),
    declaredCost: costs.length > 0 && costs.length === answered.length ? inUsd(costs) : undefined,
  })
}

/** Part by part; what only one of them states is as it states it. */
export function addUsages(
  total: GenAiUsage | undefined,
  usage: GenAiUsage | undefined,
): GenAiUsage | undefined {
  if (total === undefined || usage === undefined) return total ?? usage
  const names = Object.keys({ ...total, ...usage }) as (keyof GenAiUsage)[]
  return known<GenAiUsage>(Object.fromEntries(names.map((name) => [name, sumOf(total[name], usage[name])])))
}

function sharedBy(results: readonly GenAiResponse[], name: 'model' | 'inferenceGeo'): string | undefined {
  const values = new Set(results.map((result) => result[name]))
  return values.size === 1 ? [...values][0] : undefined
}

function byModel(entries: readonly FurtherUsage[]): FurtherUsage[] {
  const sums = new Map<string, FurtherUsage>()
  for (const entry of entries) {
    const key = `${entry.included} ${entry.model}`
    sums.set(key, { ...entry, usage: addUsages(sums.get(key)?.usage, entry.usage) ?? {} })
  }
  return [...sums.values()]
}

/** Costs are stated to the tenth decimal at the finest; what lies behind comes of adding binary fractions. */
function inUsd(amounts: readonly number[]): NonNullable<GenAiResponse['declaredCost']> {
  const amount = amounts.reduce((sum, next) => sum + next, 0)
  return { amount: Number(amount.toFixed(12)), currency: 'USD' }
}
