import { asCount, asNames, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/** https://docs.aleph-alpha.com/api/complete/ */
export const alephAlphaComplete: ApiFlavor = {
  name: 'aleph-alpha-complete',
  provider: 'aleph_alpha',
  endpoints: ['POST /complete'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('prompt' in body) || !('model' in body)) return undefined
    return {
      operation: 'text_completion',
      ...readSamplingParameters(body),
      ...known<Partial<GenAiRequest>>({
        maxTokens: asCount(body.maximum_tokens),
        stopSequences: asNames(body.stop_sequences),
      }),
    }
  },
  readResponse(response) {
    const document = readDocument(response.body, [
      'num_tokens_prompt_total',
      'num_tokens_generated',
      'model_version',
    ])
    if (isFailure(response, document)) return readFailure(response, document)
    const usage = anyKnown<GenAiUsage>({
      inputTokens: asCount(document.num_tokens_prompt_total),
      outputTokens: asCount(document.num_tokens_generated),
    })
    return known<GenAiResponse>({
      finishReasons: asNames(objectsIn(document.completions).map(({ finish_reason }) => finish_reason)),
      usage,
      error: readError(response, document),
    })
  },
}
