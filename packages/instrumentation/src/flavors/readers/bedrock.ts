import { asCount, asName, asObject, objectsIn, sumOf } from '../../wire/json.ts'
import type { StreamEvent } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import type { ProviderError } from './errors.ts'
import { anyKnown, known } from './known.ts'
import { decoded } from './paths.ts'

/** The endpoints of an operation of a model: on Bedrock, and of one deployed by SAP AI Core. */
export function endpointsOf(operation: string): string[] {
  return [`POST /model/{model...}/${operation}`, `POST /inference/deployments/{deployment...}/${operation}`]
}

/** The model id or ARN in `/model/arn%3Aaws%3Abedrock.../converse`; the slashes of an ARN may be unencoded. */
export function bedrockModelOf(path: string): string | undefined {
  const start = path.lastIndexOf('/model/')
  return start === -1 ? undefined : decoded(path.slice(start + '/model/'.length, path.lastIndexOf('/')))
}

/** Converse's `usage`, Nova's too. `inputTokens` leaves out what was read from or written to the cache. */
export function readConverseUsage(value: unknown): GenAiUsage | undefined {
  const usage = asObject(value)
  if (usage === undefined) return undefined
  const uncached = asCount(usage.inputTokens)
  const cacheReadTokens = asCount(usage.cacheReadInputTokens) ?? asCount(usage.cacheReadInputTokenCount)
  const cacheWriteTokens = asCount(usage.cacheWriteInputTokens) ?? asCount(usage.cacheWriteInputTokenCount)
  const writes = objectsIn(usage.cacheDetails)
  return anyKnown<GenAiUsage>({
    inputTokens: uncached === undefined ? undefined : sumOf(uncached, cacheReadTokens, cacheWriteTokens),
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite5mTokens: sumOf(
      ...writes.filter(({ ttl }) => ttl === '5m').map((write) => asCount(write.inputTokens)),
    ),
    cacheWrite1hTokens: sumOf(
      ...writes.filter(({ ttl }) => ttl === '1h').map((write) => asCount(write.inputTokens)),
    ),
    outputTokens: asCount(usage.outputTokens),
  })
}

/** `amazon-bedrock-invocationMetrics` at the end of a stream, whatever the model. */
export function readInvocationMetrics(value: unknown): GenAiUsage | undefined {
  const metrics = asObject(value) ?? {}
  return readConverseUsage({
    ...metrics,
    inputTokens: metrics.inputTokenCount,
    outputTokens: metrics.outputTokenCount,
  })
}

/** The token counts that Bedrock states in headers, for models whose bodies don't. */
export function readTokenHeaders(response: ObservedResponse): GenAiUsage | undefined {
  const count = (name: string): number | undefined => {
    const value = response.header(`x-amzn-bedrock-${name}-token-count`)
    return value !== undefined && /^\d+$/.test(value) ? asCount(Number(value)) : undefined
  }
  return readConverseUsage({
    inputTokens: count('input'),
    outputTokens: count('output'),
    cacheReadInputTokens: count('cache-read-input'),
    cacheWriteInputTokens: count('cache-write-input'),
  })
}

/** The tier that served the request; a header on every API. */
export function readBedrockServiceTier(response: ObservedResponse, document: unknown): string | undefined {
  return (
    asName(asObject(asObject(document)?.serviceTier)?.type) ??
    asName(response.header('x-amzn-bedrock-service-tier'))
  )
}

/**
 * `optimized` costs more, and a call that requested it may be served, and billed, as `standard`. In the body or in a
 * header.
 */
export function readBedrockSpeed(response: ObservedResponse, document: unknown): string | undefined {
  return (
    asName(asObject(asObject(document)?.performanceConfig)?.latency) ??
    asName(response.header('x-amzn-bedrock-performanceconfig-latency'))
  )
}

/** `throttlingException`, or `InternalFailure`: the types of ordinary events begin with a lower-case letter. */
const FAILURE = /Exception$|^[A-Z]/

/** An error inside a stream is a frame with a type of its own. */
export function readException(frame: StreamEvent): GenAiResponse['error'] {
  if (frame.type === undefined || !FAILURE.test(frame.type)) return undefined
  return known<ProviderError>({ type: frame.type, message: asName(frame.json()?.message) })
}
