import type { PriceableCall } from '@spanmeter/pricing'
import type { GenAiSpan } from '../dialects/types.ts'
import type { SpanView } from '../otlp/types.ts'

/** What pricing needs to know about a call. Without a provider or model, the price book says why there is no price. */
export function priceableCall(
  span: GenAiSpan,
  { startUnixMillis, durationSeconds }: Pick<SpanView, 'startUnixMillis' | 'durationSeconds'>,
  tenant: string | undefined,
): PriceableCall {
  const call: PriceableCall = {
    provider: span.provider ?? '',
    model: span.responseModel ?? span.requestModel ?? '',
    at: new Date(startUnixMillis),
    usage: span.usage,
  }
  if (span.requestModel !== undefined) call.requestModel = span.requestModel
  if (span.host !== undefined) call.host = span.host
  if (span.region !== undefined) call.region = span.region
  if (span.operation !== undefined) call.operation = span.operation
  if (span.serviceTier !== undefined) call.serviceTier = span.serviceTier
  if (span.batch !== undefined) call.batch = span.batch
  if (span.speed !== undefined) call.speed = span.speed
  if (span.inferenceGeo !== undefined) call.inferenceGeo = span.inferenceGeo
  if (durationSeconds > 0) call.durationSeconds = durationSeconds
  if (span.image !== undefined) call.image = span.image
  if (tenant !== undefined) call.tenant = tenant
  if (span.furtherUsage !== undefined) call.furtherUsage = span.furtherUsage
  if (span.tools !== undefined) call.tools = span.tools
  if (span.searchContextSize !== undefined) call.searchContextSize = span.searchContextSize
  if (span.declaredCost !== undefined) call.declaredCost = span.declaredCost
  return call
}
