import { readRawUsage } from './raw-usage.ts'
import type { Dialect, DialectReading } from './types.ts'
import { asNumber, asText, known, members } from './values.ts'

/**
 * Braintrust: objects as JSON under `braintrust.*`, or flat under the same names.
 * https://www.braintrust.dev/docs/integrations/opentelemetry
 */
export const braintrust: Dialect = {
  name: 'braintrust',

  attributes: ['braintrust.'],

  read(span): DialectReading {
    const type = asText(members(span, 'braintrust.span_attributes').type)
    const metadata = members(span, 'braintrust.metadata')
    const metrics = members(span, 'braintrust.metrics')
    return known<DialectReading>({
      role: type === undefined ? undefined : type === 'llm' ? 'call' : 'step',
      provider: asText(metadata.provider),
      requestModel: asText(metadata.model),
      timeToFirstChunkSeconds: asNumber(metrics.time_to_first_token),
      ...readRawUsage(metrics),
    })
  },
}
