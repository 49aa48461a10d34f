import { asBoolean, asCount, asName, asNumber, asObject, type JsonObject } from '../wire/json.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readLatestDocument } from './readers/latest-document.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/protocol/extension_generate.html: text
 * in, text out, by TensorRT-LLM or vLLM behind Triton. Tokens are not stated.
 */
export const tritonGenerate: ApiFlavor = {
  name: 'triton-generate',
  provider: 'triton',
  endpoints: ['POST /v2/models/{model...}/generate', 'POST /v2/models/{model...}/generate_stream'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('text_input' in body)) return undefined
    // Depending on the backend, parameters are beside the text or in `parameters`.
    const parameters: JsonObject = { ...body, ...asObject(body.parameters) }
    return {
      operation: 'text_completion',
      model: segmentAfter(request.path, '/v2/models/'),
      stream: request.path.endsWith('_stream') ? true : asBoolean(parameters.stream),
      maxTokens: asCount(parameters.max_tokens),
      temperature: asNumber(parameters.temperature),
      topP: asNumber(parameters.top_p),
      topK: asCount(parameters.top_k),
    }
  },
  readResponse: (response) =>
    readAnswerIn(response, readLatestDocument(response, ['model_name']), (document) => ({
      model: asName(document.model_name),
    })),
}
