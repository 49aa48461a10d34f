import type { CostNumbers, PricedNumbers, Usage } from '@spanmeter/pricing'
import type { GenAiSpan } from '../dialects/types.ts'
import { asText } from '../dialects/values.ts'
import { byResource } from '../otlp/by-resource.ts'
import type { SpanIdentity } from '../otlp/span-identity.ts'
import type { ResourceView, SpanView } from '../otlp/types.ts'

/** One GenAI call that has passed, for who counts calls and their cost. */
export interface MeteredCall {
  readonly identity: SpanIdentity
  readonly spanName: string
  /** A wrapper repeats the usage of calls beneath it, and is not counted. */
  readonly role: 'own' | 'wrapper'
  readonly genAi: GenAiSpan
  /** `business.*` without the prefix. */
  readonly business: Readonly<Record<string, string>>
  /** `deployment.environment.name`. */
  readonly environment: string | undefined
  readonly hasFailed: boolean
  /** Milliseconds since the Unix epoch. */
  readonly endUnixMillis: number
  readonly durationSeconds: number
  /** `undefined` of a wrapper by its nature. */
  readonly cost: CostNumbers | undefined
}

type Told<Source, Key extends keyof Source> = { readonly [Name in Key]?: Source[Name] | undefined }

/** What of a call the cost metrics count by: all that a worker tells the main thread of it. */
export interface CountedCall
  extends Pick<
    MeteredCall,
    'identity' | 'role' | 'business' | 'environment' | 'hasFailed' | 'endUnixMillis' | 'durationSeconds'
  > {
  readonly genAi: Told<
    GenAiSpan,
    'provider' | 'requestModel' | 'responseModel' | 'workflowName' | 'attempts' | 'usageMissing'
  > & { readonly usage: CountedUsage }
  readonly cost: CountedCost | Exclude<CostNumbers, PricedNumbers> | undefined
}

export type CountedUsage = Told<
  Usage,
  'inputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'outputTokens' | 'reasoningTokens'
>

export type CountedCost = Pick<PricedNumbers, 'priced' | 'amount' | 'components' | 'parts' | 'cacheSavings'>

/** A span as a call with a cost of its own. */
export function meteredCall(
  span: SpanView,
  genAi: GenAiSpan,
  business: MeteredCall['business'],
  cost: CostNumbers | undefined,
): MeteredCall {
  const { durationSeconds } = span
  return {
    identity: span.identity,
    spanName: span.name,
    role: 'own',
    genAi,
    business,
    environment: environmentOf(span.resource),
    hasFailed: span.status === 'error',
    endUnixMillis: span.startUnixMillis + durationSeconds * 1000,
    durationSeconds,
    cost,
  }
}

/** `deployment.environment.name`, or what it was called before. */
export const environmentOf: (resource: ResourceView) => string | undefined = byResource(({ attributes }) =>
  asText(attributes.get('deployment.environment.name') ?? attributes.get('deployment.environment')),
)
