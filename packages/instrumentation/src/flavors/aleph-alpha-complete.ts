import { asCount, asNames, objectsIn } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { known } from './readers/known.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

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
  readResponse: (response) =>
    readJsonAnswer(
      response,
      ['num_tokens_prompt_total', 'num_tokens_generated', 'model_version'],
      (document) => ({
        finishReasons: asNames(objectsIn(document.completions).map(({ finish_reason }) => finish_reason)),
        usage: {
          inputTokens: asCount(document.num_tokens_prompt_total),
          outputTokens: asCount(document.num_tokens_generated),
        },
      }),
    ),
}
