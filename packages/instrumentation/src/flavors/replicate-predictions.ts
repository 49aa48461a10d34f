import { asBoolean, asCount, asName, asNumber, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/**
 * https://replicate.com/docs/reference/http: a prediction is made at once where the request waits for it
 * (`prefer: wait`); else the answer has no metrics yet.
 */
export const replicatePredictions: ApiFlavor = {
  name: 'replicate-predictions',
  provider: 'replicate',
  endings: ['predictions'],
  matches: ({ method, path }) => method === 'POST' && path.endsWith('/predictions') && path.includes('/v1/'),
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('input' in body)) return undefined
    const input = asObject(body?.input) ?? {}
    const named = /\/(?:models|deployments)\/([^/]+\/[^/]+)\/predictions$/.exec(request.path)
    return {
      operation: 'text_completion',
      ...known<Partial<GenAiRequest>>({
        model: named?.[1] ?? asName(body?.model) ?? asName(body?.version),
        stream: asBoolean(body?.stream),
        maxTokens: asCount(input.max_tokens) ?? asCount(input.max_new_tokens),
        temperature: asNumber(input.temperature),
        topP: asNumber(input.top_p),
        topK: asCount(input.top_k),
        seed: asNumber(input.seed),
      }),
    }
  },
  readResponse(response) {
    const document = readDocument(response.body, ['metrics', 'model', 'id', 'status'])
    if (isFailure(response, document)) return readFailure(response, document)
    const metrics = asObject(document.metrics) ?? {}
    const usage = anyKnown<GenAiUsage>({
      inputTokens: asCount(metrics.input_token_count) ?? asCount(metrics.token_input_count),
      outputTokens: asCount(metrics.output_token_count) ?? asCount(metrics.token_output_count),
      seconds: asNumber(metrics.predict_time),
      images: asCount(metrics.image_count),
    })
    return known<GenAiResponse>({
      id: asName(document.id),
      model: asName(document.model),
      status: asName(document.status),
      usage,
      error: readError(response, document),
    })
  },
}
