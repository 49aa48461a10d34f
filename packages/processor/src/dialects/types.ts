import type { ModelUsage, Usage } from '@spanmeter/pricing'
import type { SpanView } from '../otlp/types.ts'

/**
 * Reads the spans of one family of emitters in terms of the GenAI semantic conventions. A dialect is data and pure
 * functions: it looks at a span, never throws, and leaves out what the span doesn't say.
 */
export interface Dialect {
  /** The file's name. */
  readonly name: string
  /** Names of attributes, or (if they end in a dot) beginnings of names, by which spans of this family are recognized. */
  readonly attributes: readonly string[]
  /** Beginnings of instrumentation scope names by which they are recognized, too. */
  readonly scopes?: readonly string[]
  /**
   * Names of the attributes that say which conversation a span belongs to. `read` leaves them alone: hardly two calls have
   * the same id, and decoding it takes a sixteenth of all the time spent on a call. See `readConversationId`.
   */
  readonly conversation?: readonly string[]
  /** Several families may recognize one span: each adds what those before it in the list left open. */
  read(span: SpanView): DialectReading
  /** Removes from what all families have read the values that this family's emitter makes up. */
  correct?(reading: DialectReading, span: SpanView): void
}

export interface DialectReading extends SpanFacts {
  usage?: Usage
  /** As the emitter states it; helps to find out whether its input includes cached tokens. */
  totalTokens?: number
  /** Whether the emitter's input tokens include cache reads and writes; absent if that varies or isn't known. */
  cachedInput?: CachedInput
  /** The part of the totals that is billed, if that is not all of them. */
  billed?: Usage
  /** What compacting the conversation used, cached tokens included; it is billed on top of the totals. */
  compaction?: Usage
}

/** What a span says about its GenAI operation, whatever dialects it is written in. */
export interface GenAiSpan extends SpanFacts {
  /** Names of the dialects it was read by, in the order of their list. */
  dialects: readonly string[]
  role: SpanRole
  /** Totals include their parts, however the emitter counts. */
  usage: Usage
  /** How the emitter counts; known only if the span has cached tokens. */
  cachedInput: CachedInput | undefined
}

export type CachedInput = 'included' | 'excluded'

/**
 * `call`: a model was called, and somebody bills for it. `wrapper`: a span that by its nature repeats the usage of the calls
 * beneath it (`ai.generateText`). `step`: an agent, workflow, tool or other operation without a price of its own.
 */
export type SpanRole = 'call' | 'wrapper' | 'step'

/** Named as in the conventions. */
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
  /** For a span that states the usage of all calls of a run: the scope under which these calls may have spans of their own. */
  sumsUp?: string
  /** Whether the span ends when the application is given a stream, before the SDK makes its request. */
  endsBeforeRequest?: boolean
  /** Which instrumentation wrote the span, if several share its scope. */
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
  /** Usage of further models that worked for the call, billed at their own prices. */
  furtherUsage?: readonly ModelUsage[]
  /** Numbers of tool calls made by the provider, by tool. */
  tools?: Record<string, number>
  declaredCost?: { amount: number; currency: string; byok?: boolean }
}
