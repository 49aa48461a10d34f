import type { CostNumbers, PricedNumbers, Usage } from '@spanmeter/pricing'
import { environmentOf } from '../attribution/environment.ts'
import type { GenAiSpan } from '../dialects/types.ts'
import type { SpanIdentity } from '../otlp/span-identity.ts'
import type { SpanView } from '../otlp/types.ts'

/** One GenAI call that has passed: what those know of it who count calls and their cost. */
export interface MeteredCall {
  readonly identity: SpanIdentity
  /** A wrapper repeats the usage of calls beneath it, and is not counted. */
  readonly role: 'own' | 'wrapper'
  readonly provider: string | undefined
  /** The one that answered, or, where that isn't known, the one that was asked for. */
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
  /** `undefined` of a wrapper by its nature. */
  readonly cost: MeteredCost | Exclude<CostNumbers, PricedNumbers> | undefined
}

type TokenCount = 'inputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'outputTokens' | 'reasoningTokens'

export type MeteredUsage = { readonly [Name in TokenCount]?: Usage[Name] | undefined }

export type MeteredCost = Pick<PricedNumbers, 'priced' | 'amount' | 'components' | 'parts' | 'cacheSavings'>

/** A span as far as it alone tells. */
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
