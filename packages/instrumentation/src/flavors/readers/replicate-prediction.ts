import { asCount, asName, asNumber, asObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import { readJsonAnswer } from './json-answer.ts'
import { anyKnown } from './known.ts'

export function readPrediction(response: ObservedResponse): GenAiResponse {
  return readJsonAnswer(
    response,
    readDocument(response.body, ['metrics', 'model', 'id', 'status']),
    (document) => {
      const metrics = asObject(document.metrics) ?? {}
      const usage = anyKnown<GenAiUsage>({
        inputTokens: asCount(metrics.input_token_count) ?? asCount(metrics.token_input_count),
        outputTokens: asCount(metrics.output_token_count) ?? asCount(metrics.token_output_count),
        seconds: asNumber(metrics.predict_time),
        images: asCount(metrics.image_count),
      })
      return {
        id: asName(document.id),
        model: asName(document.model),
        status: asName(document.status),
        usage,
      }
    },
  )
}
