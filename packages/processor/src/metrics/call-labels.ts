import { tagOf } from '../attribution/environment.ts'
import type { MeteredCall } from '../enrichment/metered-call.ts'
import { BoundedValues, otherValue } from './bounded-values.ts'
import { LabelSets } from './label-sets.ts'
import type { Labels } from './series.ts'
import { TopTenants } from './top-tenants.ts'

/** The maximum of distinct values of each label, and of label sets; everything beyond becomes `other`. */
export interface LabelLimits {
  feature: number
  team: number
  environment: number
  provider: number
  model: number
  workflow: number
  labelSets: number
}

const defaultLimits: Readonly<LabelLimits> = {
  feature: 200,
  team: 100,
  environment: 20,
  provider: 50,
  model: 200,
  workflow: 200,
  // OpenTelemetry's default cardinality limit of a metric.
  labelSets: 2000,
}

/** Long enough for any name, but too short for a prompt that is sent as one. */
const maxValueLength = 100

/** The labels that every metric of calls has. */
export type CallLabels = Labels & {
  feature: string
  team: string
  environment: string
  tenant: string
  provider: string
  model: string
}

/** Finds the series of a call by its labels, of which there are never more than the limits allow. */
export class CallLabeler<Series extends { readonly labels: CallLabels }> {
  readonly #tenants: TopTenants
  readonly #values: Record<keyof Omit<LabelLimits, 'labelSets'>, BoundedValues>
  readonly #reasons = new BoundedValues(50)
  readonly #maxSets: number
  readonly #open: (labels: CallLabels) => Series
  #sets = new LabelSets<Series>()

  /** @param open makes the series for a new set of labels. */
  constructor(tenantTopK: number, overrides: Partial<LabelLimits>, open: (labels: CallLabels) => Series) {
    const limits = { ...defaultLimits, ...overrides }
    this.#tenants = new TopTenants(tenantTopK)
    this.#maxSets = limits.labelSets
    this.#open = open
    this.#values = {
      feature: new BoundedValues(limits.feature),
      team: new BoundedValues(limits.team),
      environment: new BoundedValues(limits.environment),
      provider: new BoundedValues(limits.provider),
      model: new BoundedValues(limits.model),
      workflow: new BoundedValues(limits.workflow),
    }
  }

  /** The series of a call. Its cost in dollars and the time in milliseconds count for the rank of the tenant. */
  seriesOf({ business, provider, model, environment }: MeteredCall, cost: number, now: number): Series {
    const tenant = nameOr(business.tenant, 'untagged')
    const named = {
      feature: nameOr(business.feature, 'untagged'),
      team: nameOr(business.team, 'untagged'),
      environment: nameOr(tagOf('environment', business, environment), 'unknown'),
      tenant: tenant === 'untagged' ? tenant : this.#tenants.label(tenant, cost, now),
      provider: nameOr(provider, 'unknown'),
      model: nameOr(model, 'unknown'),
    }
    // A known set has been admitted before.
    return this.#sets.get(named) ?? this.#admit(named)
  }

  /** The workflow of a call as a label; `undefined` if it has none. */
  workflow({ business, workflow }: MeteredCall): string | undefined {
    const name = business.workflow ?? workflow
    return name === undefined ? undefined : this.#values.workflow.admit(nameOr(name, 'untagged'))
  }

  /** Why a call has no price, as a label. */
  reason(unpriced: string | undefined): string {
    return this.#reasons.admit(nameOr(unpriced, 'unknown'))
  }

  retiredTenants(now: number): string[] {
    const retired = this.#tenants.retired(now)
    if (retired.length > 0) {
      const kept = this.#sets.all().filter(({ labels }) => !retired.includes(labels.tenant))
      this.#sets = new LabelSets()
      for (const series of kept) this.#sets.add(series)
    }
    return retired
  }

  #admit(named: CallLabels): Series {
    const { feature, team, environment, provider, model } = this.#values
    const labels = {
      feature: feature.admit(named.feature),
      team: team.admit(named.team),
      environment: environment.admit(named.environment),
      tenant: named.tenant,
      provider: provider.admit(named.provider),
      model: model.admit(named.model),
    }
    const known = this.#sets.get(labels)
    if (known !== undefined) return known
    return this.#sets.size >= this.#maxSets ? this.#overflow(labels.environment) : this.#add(labels)
  }

  #add(labels: CallLabels): Series {
    const series = this.#open(labels)
    this.#sets.add(series)
    return series
  }

  #overflow(environment: string): Series {
    const other = otherValue
    const labels = { feature: other, team: other, environment, tenant: other, provider: other, model: other }
    return this.#sets.get(labels) ?? this.#add(labels)
  }
}

function nameOr(value: string | undefined, absent: string): string {
  if (value === undefined || value === '') return absent
  if (value.length <= maxValueLength) return value
  // Through bytes, as a slice would keep the whole string in memory.
  return Buffer.from(`${value.slice(0, maxValueLength - 1)}…`).toString()
}
