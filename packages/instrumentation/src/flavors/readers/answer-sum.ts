import { sumOf } from '../../wire/json.ts'
import type { FurtherUsage, GenAiResponse, GenAiUsage, ResponseDraft } from '../types.ts'
import { inDollars } from './declared-cost.ts'
import { known, knownResponse } from './known.ts'
import { toolRequests } from './tool-requests.ts'

/** Adds up the usage of many answers; if more than one model is among them, also for each model. */
export class AnswerSum {
  readonly #own = new Map<string | undefined, GenAiUsage>()
  readonly #further = new Map<string, FurtherUsage>()
  readonly #geographies = new Set<string | undefined>()
  #tools: GenAiResponse['toolRequests']
  /** What they cost together, as long as each one states its cost. */
  #cost: number | undefined = 0

  add(draft: ResponseDraft): void {
    const { model, usage, furtherUsage = [], toolRequests: tools, ...answer } = knownResponse(draft)
    if (usage === undefined) return
    this.#own.set(model, addUsages(this.#own.get(model), usage))
    for (const entry of furtherUsage) {
      const key = `${entry.included} ${entry.model}`
      const before = this.#further.get(key)?.usage
      this.#further.set(key, { ...entry, usage: addUsages(before, entry.usage) })
    }
    this.#geographies.add(answer.inferenceGeo)
    this.#tools = toolRequests([...Object.entries(this.#tools ?? {}), ...Object.entries(tools ?? {})])
    const cost = answer.declaredCost?.amount
    this.#cost = this.#cost === undefined || cost === undefined ? undefined : this.#cost + cost
  }

  read(): GenAiResponse {
    const usages = [...this.#own.values()]
    if (usages.length === 0) return {}
    const [model] = this.#own.size === 1 ? this.#own.keys() : []
    const [inferenceGeo] = this.#geographies.size === 1 ? this.#geographies : []
    const byModel = [...this.#own].map(([name, usage]) =>
      known<FurtherUsage>({ model: name, included: true, usage }),
    )
    const furtherUsage = [...(this.#own.size > 1 ? byModel : []), ...this.#further.values()]
    return known<GenAiResponse>({
      model,
      inferenceGeo,
      usage: usages.reduce((total, usage) => addUsages(total, usage)),
      furtherUsage: furtherUsage.length > 0 ? furtherUsage : undefined,
      toolRequests: this.#tools,
      // Costs have at most ten decimals: anything beyond is an error of adding binary fractions.
      declaredCost: inDollars(this.#cost && Number(this.#cost.toFixed(12))),
    })
  }
}

/** Adds part by part; a part that only one of them states is taken as it is. */
export function addUsages(total: GenAiUsage | undefined, usage: GenAiUsage): GenAiUsage {
  if (total === undefined) return usage
  const names = Object.keys({ ...total, ...usage }) as (keyof GenAiUsage)[]
  return known<GenAiUsage>(Object.fromEntries(names.map((name) => [name, sumOf(total[name], usage[name])])))
}
