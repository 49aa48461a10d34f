import type { CallLabels } from './call-labels.ts'

type Branch<Value> = Map<string, Branch<Value> | Value>

/**
 * Finds values by label sets, with a map for each label: six look-ups of strings that have their hash already take a third of the
 * time of joining them into a key and hashing that. As there are many tenants, their label comes last, so that the other maps
 * stay in the CPU's cache.
 */
export class LabelSets<Value extends { readonly labels: CallLabels }> {
  readonly #root: Branch<Value> = new Map()
  readonly #list: Value[] = []

  get size(): number {
    return this.#list.length
  }

  all(): readonly Value[] {
    return this.#list
  }

  get({ feature, team, environment, provider, model, tenant }: CallLabels): Value | undefined {
    let branch = this.#root.get(feature) as Branch<Value> | undefined
    branch = branch?.get(team) as Branch<Value> | undefined
    branch = branch?.get(environment) as Branch<Value> | undefined
    branch = branch?.get(provider) as Branch<Value> | undefined
    branch = branch?.get(model) as Branch<Value> | undefined
    return branch?.get(tenant) as Value | undefined
  }

  add(value: Value): void {
    const { feature, team, environment, provider, model, tenant } = value.labels
    let branch = this.#root
    for (const label of [feature, team, environment, provider, model]) {
      let next = branch.get(label) as Branch<Value> | undefined
      if (next === undefined) {
        next = new Map()
        branch.set(label, next)
      }
      branch = next
    }
    branch.set(tenant, value)
    this.#list.push(value)
  }
}
