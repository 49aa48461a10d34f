import type { LedgerSpan } from '@spanmeter/ledger'
import { BoundedValues, otherValue } from './bounded-values.ts'
import { LabelSets } from './label-sets.ts'
import type { Labels } from './series.ts'
import { TopTenants } from './top-tenants.ts'

/** Most distinct values of each label, and most label sets; what is beyond becomes `other`. */
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

/** Long enough for any name, too short for a prompt that strayed into one. */
const maxValueLength = 100

/** The labels that every metric of calls has. One object a label set: it serves as the key to what belongs to it. */
export interface CallLabels {
  all: Labels & {
    feature: string
    team: string
    environment: string
    tenant: string
    provider: string
    model: string
  }
}

/** Gives a call its labels, of which there are never more than the limits allow, whatever the calls say. */
export class CallLabeler {
  private readonly tenants: TopTenants
  private readonly values: Record<keyof Omit<LabelLimits, 'labelSets'>, BoundedValues>
  private readonly reasons = new BoundedValues(50)
  private readonly maxSets: number
  private sets = new LabelSets()

  constructor(tenantTopK: number, overrides: Partial<LabelLimits>) {
    const limits = { ...defaultLimits, ...overrides }
    this.tenants = new TopTenants(tenantTopK)
    this.maxSets = limits.labelSets
    this.values = {
      feature: new BoundedValues(limits.feature),
      team: new BoundedValues(limits.team),
      environment: new BoundedValues(limits.environment),
      provider: new BoundedValues(limits.provider),
      model: new BoundedValues(limits.model),
      workflow: new BoundedValues(limits.workflow),
    }
  }

  /** @param cost of the call in dollars, @param now in milliseconds: what the tenant's rank goes by. */
  labels(call: LedgerSpan, cost: number, now: number): CallLabels {
    const { business } = call
    const feature = this.values.feature.admit(nameOr(business.feature, 'untagged'))
    const team = this.values.team.admit(nameOr(business.team, 'untagged'))
    const environment = this.values.environment.admit(
      nameOr(call.environment ?? business.environment, 'unknown'),
    )
    const provider = this.values.provider.admit(nameOr(call.provider, 'unknown'))
    const model = this.values.model.admit(nameOr(call.responseModel ?? call.requestModel, 'unknown'))
    const tenant =
      business.tenant === undefined
        ? 'untagged'
        : this.tenants.label(nameOr(business.tenant, 'untagged'), cost, now)
    const known = this.sets.get(feature, team, environment, tenant, provider, model)
    if (known !== undefined) return known
    if (this.sets.size >= this.maxSets) return this.overflow(environment)
    return this.add({ feature, team, environment, tenant, provider, model })
  }

  /** The workflow, where the call is of one. */
  workflow(call: LedgerSpan): string | undefined {
    const name = call.business.workflow ?? call.workflowName
    return name === undefined ? undefined : this.values.workflow.admit(nameOr(name, 'untagged'))
  }

  /** Why a call has no price, as a label. */
  reason(unpriced: string | undefined): string {
    return this.reasons.admit(nameOr(unpriced, 'unknown'))
  }

  retiredTenants(now: number): string[] {
    const retired = this.tenants.retired(now)
    if (retired.length > 0) {
      const kept = this.sets.all().filter(({ all }) => !retired.includes(all.tenant))
      this.sets = new LabelSets()
      for (const labels of kept) this.sets.add(labels)
    }
    return retired
  }

  private add(all: CallLabels['all']): CallLabels {
    const labels: CallLabels = { all }
    this.sets.add(labels)
    return labels
  }

  private overflow(environment: string): CallLabels {
    const other = otherValue
    return (
      this.sets.get(other, other, environment, other, other, other) ??
      this.add({ feature: other, team: other, environment, tenant: other, provider: other, model: other })
    )
  }
}

function nameOr(value: string | undefined, absent: string): string {
  if (value === undefined || value === '') return absent
  return value.length > maxValueLength ? `${value.slice(0, maxValueLength - 1)}…` : value
}
