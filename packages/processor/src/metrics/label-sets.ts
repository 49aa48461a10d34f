import type { CallLabels } from './call-labels.ts'

type Branch = Map<string, Branch | CallLabels>

/**
 * Label sets by their values, one map a label: six look-ups of texts that know their hash cost a third of joining them
 * into a key and hashing that, for every call.
 */
export class LabelSets {
  private readonly root: Branch = new Map()
  private readonly list: CallLabels[] = []

  get size(): number {
    return this.list.length
  }

  all(): readonly CallLabels[] {
    return this.list
  }

  get({ feature, team, environment, tenant, provider, model }: CallLabels['all']): CallLabels | undefined {
    let branch = this.root.get(feature) as Branch | undefined
    branch = branch?.get(team) as Branch | undefined
    branch = branch?.get(environment) as Branch | undefined
    branch = branch?.get(tenant) as Branch | undefined
    branch = branch?.get(provider) as Branch | undefined
    return branch?.get(model) as CallLabels | undefined
  }

  add(labels: CallLabels): void {
    const { feature, team, environment, tenant, provider, model } = labels.all
    let branch = this.root
    for (const value of [feature, team, environment, tenant, provider]) {
      let next = branch.get(value) as Branch | undefined
      if (next === undefined) {
        next = new Map()
        branch.set(value, next)
      }
      branch = next
    }
    branch.set(model, labels)
    this.list.push(labels)
  }
}
