import type { ModelUsage, Usage } from '@spanmeter/pricing'
import type { SpanView } from '../otlp/types.ts'

/**
 * What one emitter family calls things, mapped to the GenAI semantic conventions. A member is data and pure functions:
 * it looks at a span, never throws, and leaves out what the span doesn't say.
 */
export interface Dialect {
  /** The file's name. */
  readonly name: string
  /** Names of attributes, or (ending in a dot) beginnings of names, by which this family is known. */
  readonly attributes: readonly string[]
  /** Beginnings of the names of its instrumentation scopes. */
  readonly scopes?: readonly string[]
  /**
   * Names of the attributes that say which conversation a span is of. No part of what is read of each span: hardly two calls
   * have the same, and to make a text for each is a sixteenth of all that is done for a call.
   */
  readonly conversation?: readonly string[]
  /** Several families may know one span: each adds what those before it in the list left open. */
  read(span: SpanView): DialectReading
  /** Takes out of what all families have read what this one's emitter makes up. */
  takeBack?(reading: DialectReading, span: SpanView): void
}

export interface DialectReading extends SpanFacts {
  usage?: Usage
  /** As the emitter states it; helps to tell whether its input includes cached tokens. */
  totalTokens?: number
  /** Whether the emitter's input tokens include cache reads and writes; absent where it is not always the same. */
  cachedInput?: CachedInput
  /** What is billed of the totals, where that is not all of them. */
  billed?: Usage
  /** What compacting the conversation used, cached tokens included; it is billed on top of the totals. */
  compaction?: Usage
}

/** What a span says about its GenAI operation, whoever emitted it. */
export interface GenAiSpan extends SpanFacts {
  /** The dialects it was read by, the most telling first. */
  dialects: readonly string[]
  role: SpanRole
  /** Totals include their parts, whatever the emitter's own counting. */
  usage: Usage
  /** How the emitter counts; stated where the span has cached tokens. */
  cachedInput: CachedInput | undefined
}

export type CachedInput = 'included' | 'excluded'

/**
 * `call`: a model was called, and somebody bills for it. `wrapper`: repeats the usage of calls beneath it by its very
 * nature (`ai.generateText`). `step`: an agent, workflow, tool or other operation without a price of its own.
 */
export type SpanRole = 'call' | 'wrapper' | 'step'

/** Names are those of the conventions. */
interface SpanFacts {
  role?: SpanRole
  /** `gen_ai.operation.name`. */
  operation?: string
  /** `gen_ai.provider.name`. */
  provider?: string
  requestModel?: string
  responseModel?: string
  workflowName?: string
  agentName?: string
  streaming?: boolean
  timeToFirstChunkSeconds?: number
  attempts?: number
  /** Where it states what all calls of a run used, the scope of the spans that they may have beside it. */
  sumsUp?: string
  /** Which of several instrumentations of one scope wrote the span. */
  instrumentation?: string
  errorType?: string
  usageMissing?: string
  host?: string
  region?: string
  serviceTier?: string
  batch?: boolean
  speed?: string
  inferenceGeo?: string
  image?: { size?: string; quality?: string }
  searchContextSize?: 'low' | 'medium' | 'high'
  /** What other models used that worked for the call. */
  furtherUsage?: readonly ModelUsage[]
  /** Provider-side tool calls by name. */
  tools?: Record<string, number>
  declaredCost?: { amount: number; currency: string; byok?: boolean }
}
