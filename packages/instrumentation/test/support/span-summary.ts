import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { ExpectedSpan } from './app-scenarios.ts'

/** What a span says, in the words of the scenarios. */
export function summary({ attributes }: ReadableSpan): ExpectedSpan {
  const all = {
    operation: attributes['gen_ai.operation.name'],
    provider: attributes['gen_ai.provider.name'],
    model: attributes['gen_ai.request.model'],
    responseModel: attributes['gen_ai.response.model'],
    input: attributes['gen_ai.usage.input_tokens'],
    output: attributes['gen_ai.usage.output_tokens'],
    cacheRead: attributes['gen_ai.usage.cache_read.input_tokens'],
    reasoning: attributes['gen_ai.usage.reasoning.output_tokens'],
    finish: attributes['gen_ai.response.finish_reasons'],
    error: attributes['error.type'],
    missing: attributes['spanmeter.usage.missing'],
    attempts: attributes['spanmeter.request.attempts'],
  }
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as unknown as ExpectedSpan
}
