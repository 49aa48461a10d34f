import type { GenAiSpan } from '../dialects/types.ts'
import type { SpanView } from '../otlp/types.ts'
import type { LookupTable } from './lookup-table.ts'

/** Sets keys on spans that match. All conditions must hold; each is a glob, or a list of globs of which one must match. */
export interface AttributionRule {
  /** By name: a span or resource attribute, or `span.name`, `service.name`, `scope.name`, `route`. */
  readonly when: Readonly<Record<string, string | readonly string[]>>
  readonly set: Readonly<Record<string, string>>
}

/** Which business keys every GenAI call must have. */
export interface TagContract {
  readonly required?: readonly string[]
  /** Allowed values by key; a value outside the list breaks the contract. */
  readonly allowed?: Readonly<Record<string, readonly string[]>>
}

export interface AttributionOptions {
  /** Business keys to look for. Others that a span has as `business.*` are kept, too. */
  readonly keys?: readonly string[]
  /** A key gets its value from the first rule that matches a span and sets the key. */
  readonly rules?: readonly AttributionRule[]
  /** Tables that add facts by a key: owner, team, plan, cost center. Later tables can use keys from earlier ones. */
  readonly lookups?: readonly LookupTable[]
  /** Values of keys that nothing else states. */
  readonly defaults?: Readonly<Record<string, string>>
  readonly contract?: TagContract
  /** Names of environments whose keys and tenants other environments must not use. */
  readonly productionEnvironments?: readonly string[]
}

/** Who a span was for. */
interface Allocation {
  /** Keys without the `business.` prefix. */
  readonly business: Record<string, string>
  /** Keys that have to be written: the span doesn't have them as `business.*`, or with another value. */
  readonly added: readonly string[]
  readonly violations: readonly Violation[]
}

/** A way in which a call breaks the tag contract, as it is counted. */
export interface Violation {
  readonly key: string
  /** `environment_leak`: a service outside production used what belongs to production. */
  readonly kind: 'missing' | 'not_allowed' | 'environment_leak'
  readonly value?: string
}

/** @param tenant set by the sender's token, whatever the span says. */
export type Allocate = (span: SpanView, genAi: Pick<GenAiSpan, 'workflowName'>, tenant?: string) => Allocation
