import type { PriceableCall } from '@spanmeter/pricing'
import type { GenAiSpan } from '../dialects/types.ts'
import type { SpanView } from '../otlp/types.ts'

/** What pricing needs to know about a call. Without a provider or model, the price book says why there is no price. */
export function priceableCall(
  span: GenAiSpan,
  { startUnixMillis, durationSeconds }: Pick<SpanView, 'startUnixMillis' | 'durationSeconds'>,
  tenant: string | undefined,
): PriceableCall {
  return {
    provider: span.provider ?? '',
    model: span.responseModel ?? span.requestModel ?? '',
    requestModel: span.requestModel,
    at: new Date(startUnixMillis),
    host: span.host,
    region: span.region,
    operation: span.operation,
    serviceTier: span.serviceTier,
    batch: span.batch,
    speed: span.speed,
    inferenceGeo: span.inferenceGeo,
    durationSeconds: durationSeconds > 0 ? durationSeconds : undefined,
    image: span.image,
    tenant,
    usage: span.usage,
    furtherUsage: span.furtherUsage,
    tools: span.tools,
    searchContextSize: span.searchContextSize,
    declaredCost: span.declaredCost,
  }
}
