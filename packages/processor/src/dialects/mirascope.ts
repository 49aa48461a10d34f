import type { SpanView } from '../otlp/types.ts'
import { readRawUsage, usageOfOutput } from './readers/raw-usage.ts'
import { known, object, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/** The API at the end of ids of OpenAI's models: `openai/gpt-4o-mini:completions`. */
const api = /:(completions|responses)$/

/**
 * Mirascope: `gen_ai.*`, with model ids that name the provider (`openai/gpt-4o-mini`) and the details of the usage as JSON.
 * Spans of traced functions describe the response that they return just as the call beneath does, if that is traced at all.
 * https://mirascope.com/docs/learn/ops
 */
export const mirascope: Dialect = {
  name: 'mirascope',

  attributes: ['mirascope.', 'call_params'],
  scopes: ['mirascope'],
  conversation: ['mirascope.ops.session.id'],

  read(span): DialectReading {
    if (span.scopeName === 'logfire.mirascope') return readCallByLogfire(span)
    const raw = readRawUsage(object(span, 'mirascope.response.usage'))
    return known<DialectReading>({
      ...raw,
      role: raw.usage === undefined && span.attribute('mirascope.type') !== undefined ? 'step' : undefined,
      provider: text(span, 'mirascope.response.provider_id', 'mirascope.provider_id'),
      requestModel: text(
        span,
        'mirascope.response.model_id',
        'mirascope.model_id',
        'gen_ai.request.model',
      )?.replace(api, ''),
      responseModel: text(span, 'gen_ai.response.model')?.replace(api, ''),
      cachedInput: 'included',
    })
  },
}

/** Version 1 through Logfire: what the provider's SDK returned, beside names that are no family's. */
function readCallByLogfire(span: SpanView): DialectReading {
  return known<DialectReading>({
    ...readRawUsage(usageOfOutput(object(span, 'response_data')) ?? object(span, 'output')),
    operation: 'chat',
    provider: text(span, 'provider'),
    responseModel: text(span, 'model'),
  })
}
