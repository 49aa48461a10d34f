import { openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asNumber, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readCompletion, readCompletionStream } from './readers/openai-choices.ts'
import { lastSegment } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

const OPERATIONS: Readonly<Record<string, string>> = {
  'chat-completion': 'chat',
  completion: 'text_completion',
  embeddings: 'embeddings',
}

/**
 * Llama Stack's own API from before it spoke OpenAI's, as called by its client until 0.2:
 * https://github.com/meta-llama/llama-stack
 */
export const llamaStackInference: ApiFlavor = {
  name: 'llama-stack-inference',
  provider: 'llama_stack',
  endpoints: Object.keys(OPERATIONS).map((task) => `POST /v1/inference/${task}`),
  readRequest(request) {
    const body = readRequestMembers(request, ['model_id', 'sampling_params', 'stream'])
    if (body !== undefined && !('model_id' in body)) return undefined
    const sampling = asObject(body?.sampling_params)
    const strategy = asObject(sampling?.strategy)
    return {
      operation: OPERATIONS[lastSegment(request.path)] ?? 'chat',
      model: asName(body?.model_id),
      stream: body?.stream === true ? true : undefined,
      maxTokens: asCount(sampling?.max_tokens),
      temperature: asNumber(strategy?.temperature),
      topP: asNumber(strategy?.top_p),
      topK: asCount(strategy?.top_k),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return readCompletionStream(response, events)
    return readCompletion(response, readDocument(response.body, ['metrics', 'stop_reason']))
  },
}
