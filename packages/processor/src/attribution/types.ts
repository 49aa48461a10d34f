import type { GenAiSpan } from '../dialects/types.ts'
import type { SpanView } from '../otlp/types.ts'
import type { LookupTable } from './lookup-table.ts'

/** Sets keys where a span fits. All conditions must hold; each is one glob, or several of which one must fit. */
export interface AttributionRule {
  /** By name: a span or resource attribute, or `span.name`, `service.name`, `scope.name`, `route`. */
  readonly when: Readonly<Record<string, string | readonly string[]>>
  readonly set: Readonly<Record<string, string>>
}

/** What every GenAI call must say about itself. */
export interface TagContract {
  readonly required?: readonly string[]
  /** Allowed values by key; a value outside the list breaks the contract. */
  readonly allowed?: Readonly<Record<string, readonly string[]>>
}

export interface AttributionOptions {
  /** Business keys to look for; others that a span has as `business.*` are kept too. */
  readonly keys?: readonly string[]
  /** The first rule that fits a span and sets a key decides it. */
  readonly rules?: readonly AttributionRule[]
  /** Facts joined by a key: owner, team, plan, cost center. Earlier tables feed later ones. */
  readonly lookups?: readonly LookupTable[]
  /** Values of keys that nothing else gives. */
  readonly defaults?: Readonly<Record<string, string>>
  readonly contract?: TagContract
  /** Names of environments whose keys and tenants others must not use. */
  readonly productionEnvironments?: readonly string[]
}

/** Who a span was for. */
interface Allocation {
  /** Keys without the `business.` prefix. */
  readonly business: Record<string, string>
  /** Keys that the span itself doesn't have as `business.*`, or has with another value. */
  readonly added: readonly string[]
  readonly violations: readonly Violation[]
}

/** One way in which a call breaks the tag contract, as counted. */
export interface Violation {
  readonly key: string
  /** `environment_leak`: a service outside production used what belongs to production. */
  readonly kind: 'missing' | 'not_allowed' | 'environment_leak'
  readonly value?: string
}

/** `tenant`: forced by the sender's token; nothing in the span can change it. */
export type Allocate = (span: SpanView, genAi: Pick<GenAiSpan, 'workflowName'>, tenant?: string) => Allocation
