import { asCount, asName, asObject, type JsonObject } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { known } from './readers/known.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { readDeclaredCost } from './readers/openai-usage.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

const PATH = '/v1/inference/'

/** https://deepinfra.com/docs/inference: models of any kind, named by the path. The answer states its cost. */
export const deepinfraInference: ApiFlavor = {
  name: 'deepinfra-inference',
  provider: 'deepinfra',
  endpoints: ['POST api.deepinfra.com/v1/inference/{model...}'],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    return {
      operation: operationOf(body),
      ...readSamplingParameters(body),
      ...known<Partial<GenAiRequest>>({
        model: decoded(request.path.slice(PATH.length)),
        choiceCount: asCount(body.num_responses),
        maxTokens: asCount(body.max_new_tokens),
      }),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['inference_status', 'request_id', 'input_tokens'], (document) => {
      const { cost, ...counts } = asObject(document.inference_status) ?? {}
      return {
        id: asName(document.request_id),
        usage: {
          inputTokens: asCount(counts.tokens_input) ?? asCount(document.input_tokens),
          outputTokens: asCount(counts.tokens_generated),
          images: Array.isArray(document.images) ? document.images.length : undefined,
        },
        declaredCost: readDeclaredCost(response, { cost }),
      }
    }),
}

function operationOf(body: JsonObject): string {
  if ('inputs' in body) return 'embeddings'
  return 'input' in body ? 'text_completion' : 'generate_content'
}
