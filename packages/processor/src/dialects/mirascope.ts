import { readRawUsage } from './raw-usage.ts'
import type { Dialect, DialectReading } from './types.ts'
import { known, object, text } from './values.ts'

/**
 * Mirascope: `gen_ai.*`, with model ids that name their provider (`openai/gpt-4o-mini`) and the parts of usage as JSON.
 * https://mirascope.com/docs/learn/ops
 */
export const mirascope: Dialect = {
  name: 'mirascope',

  attributes: ['mirascope.'],

  read: (span): DialectReading =>
    known<DialectReading>({
      ...readRawUsage(object(span, 'mirascope.response.usage')),
      provider: text(span, 'mirascope.response.provider_id', 'mirascope.provider_id'),
      requestModel: text(span, 'mirascope.response.model_id', 'mirascope.model_id'),
      cachedInput: 'included',
    }),
}
