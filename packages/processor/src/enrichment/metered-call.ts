import type { CostNumbers, PricedNumbers, Usage } from '@spanmeter/pricing'
import { environmentOf } from '../attribution/environment.ts'
import type { GenAiSpan } from '../dialects/types.ts'
import type { SpanIdentity } from '../otlp/span-identity.ts'
import type { SpanView } from '../otlp/types.ts'

/** What is needed of a GenAI call to count it and its cost. */
export interface MeteredCall {
  readonly identity: SpanIdentity
  /** A wrapper repeats the usage of calls beneath it, and is not counted. */
  readonly role: 'own' | 'wrapper'
  readonly provider: string | undefined
  /** The model that answered, or, if that isn't known, the one that was requested. */
  readonly model: string | undefined
  readonly workflow: string | undefined
  /** `deployment.environment.name`. */
  readonly environment: string | undefined
  /** `business.*` without the prefix. */
  readonly business: Readonly<Record<string, string>>
  readonly hasFailed: boolean
  /** Milliseconds since the Unix epoch. */
  readonly endUnixMillis: number
  readonly durationSeconds: number
  readonly attempts: number | undefined
  readonly usageMissing: string | undefined
  readonly usage: MeteredUsage
  /** `undefined` for spans that are wrappers by their nature, such as `ai.generateText`. */
  readonly cost: MeteredCost | Exclude<CostNumbers, PricedNumbers> | undefined
}

type TokenCount = 'inputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'outputTokens' | 'reasoningTokens'

export type MeteredUsage = { readonly [Name in TokenCount]?: Usage[Name] | undefined }

export type MeteredCost = Pick<PricedNumbers, 'priced' | 'amount' | 'components' | 'parts' | 'cacheSavings'>

/** A call as its own span reports it; whether another span repeats it is settled later. */
export function meteredCall(
  span: SpanView,
  genAi: GenAiSpan,
  business: MeteredCall['business'],
  cost: CostNumbers | undefined,
): MeteredCall {
  const { durationSeconds } = span
  return {
    identity: span.identity,
    role: genAi.role === 'wrapper' ? 'wrapper' : 'own',
    provider: genAi.provider,
    model: genAi.responseModel ?? genAi.requestModel,
    workflow: genAi.workflowName,
    environment: environmentOf(span.resource),
    business,
    hasFailed: span.status === 'error',
    endUnixMillis: span.startUnixMillis + durationSeconds * 1000,
    durationSeconds,
    attempts: genAi.attempts,
    usageMissing: genAi.usageMissing,
    usage: genAi.usage,
    cost,
  }
}
