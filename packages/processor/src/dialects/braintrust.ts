import { readRawUsage } from './readers/raw-usage.ts'
import { asNumber, asText, hostOf, known, members } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * Braintrust: objects as JSON under `braintrust.*`, or one attribute for each member. Its SDK for Java copies Anthropic's
 * counts, in which the input leaves out cached tokens; the other SDKs add them.
 * https://www.braintrust.dev/docs/integrations/opentelemetry
 */
export const braintrust: Dialect = {
  name: 'braintrust',

  attributes: ['braintrust.'],

  read(span): DialectReading {
    const type = asText(members(span, 'braintrust.span_attributes').type)
    const metadata = members(span, 'braintrust.metadata')
    const metrics = members(span, 'braintrust.metrics')
    const provider = asText(metadata.provider)
    const isCopied = provider === 'anthropic' && span.scopeName === 'braintrust-java'
    return known<DialectReading>({
      role: type === undefined ? undefined : type === 'llm' ? 'call' : 'step',
      provider,
      host: hostOf(asText(metadata.request_base_uri)),
      requestModel: asText(metadata.model),
      timeToFirstChunkSeconds: asNumber(metrics.time_to_first_token),
      ...readRawUsage(metrics),
      ...(isCopied && { cachedInput: 'excluded' }),
    })
  },
}
