import { asBoolean, asCount, asName, asNumber, asObject } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://replicate.com/docs/reference/http: the answer holds the finished prediction only if the request waits long
 * enough (`prefer: wait`); otherwise it has no metrics yet.
 */
export const replicatePredictions: ApiFlavor = {
  name: 'replicate-predictions',
  provider: 'replicate',
  endpoints: ['POST /v1/predictions', 'POST /v1/{model...}/predictions'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('input' in body)) return undefined
    const input = asObject(body?.input) ?? {}
    const named = /\/(?:models|deployments)\/([^/]+\/[^/]+)\/predictions$/.exec(request.path)
    return {
      operation: 'text_completion',
      background: true,
      model: named?.[1] ?? asName(body?.model) ?? asName(body?.version),
      stream: asBoolean(body?.stream),
      maxTokens: asCount(input.max_tokens) ?? asCount(input.max_new_tokens),
      temperature: asNumber(input.temperature),
      topP: asNumber(input.top_p),
      topK: asCount(input.top_k),
      seed: asNumber(input.seed),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['metrics', 'model', 'id', 'status'], (document) => {
      const metrics = asObject(document.metrics) ?? {}
      return {
        id: asName(document.id),
        model: asName(document.model),
        status: asName(document.status),
        usage: {
          inputTokens: asCount(metrics.input_token_count) ?? asCount(metrics.token_input_count),
          outputTokens: asCount(metrics.output_token_count) ?? asCount(metrics.token_output_count),
          seconds: asNumber(metrics.predict_time),
          images: asCount(metrics.image_count),
        },
      }
    }),
}
