import { asBoolean, asCount, asName, asNames, asNumber, type JsonObject } from '../wire/json.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { anyKnown } from './readers/known.ts'
import { readLatestDocument } from './readers/latest-document.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiUsage } from './types.ts'

/**
 * https://github.com/ggml-org/llama.cpp/tree/master/tools/server: the server's own completion and infill; it also has
 * an API compatible with OpenAI's.
 */
export const llamacppCompletion: ApiFlavor = {
  name: 'llamacpp-completion',
  provider: 'llamacpp',
  endpoints: ['POST /completion', 'POST /infill'],
  // The route in the app itself that the AI SDK's `useCompletion` calls.
  accepts: ({ path }) => path !== '/api/completion',
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('prompt' in body || 'input_prefix' in body)) return undefined
    return {
      operation: 'text_completion',
      model: asName(body.model),
      stream: asBoolean(body.stream),
      maxTokens: asCount(body.n_predict) ?? asCount(body.max_tokens),
      temperature: asNumber(body.temperature),
      topP: asNumber(body.top_p),
      topK: asCount(body.top_k),
      frequencyPenalty: asNumber(body.frequency_penalty),
      presencePenalty: asNumber(body.presence_penalty),
      seed: asCount(body.seed),
      stopSequences: asNames(body.stop),
    }
  },
  readResponse(response) {
    // The last event of a stream is the one with `"stop":true`, unless it is an error.
    return readAnswerIn(response, readLatestDocument(response, MEMBERS), (document) => {
      const ended = document.stop === true
      return {
        model: asName(document.model),
        finishReasons: ended ? asNames(document.stop_type) : undefined,
        usage: ended ? readUsage(document) : undefined,
      }
    })
  },
}

const MEMBERS = ['model', 'stop', 'stop_type', 'tokens_predicted', 'tokens_evaluated']

/** `tokens_evaluated` counts the whole prompt, including what was in the cache already. */
function readUsage(document: JsonObject): GenAiUsage | undefined {
  return anyKnown<GenAiUsage>({
    inputTokens: asCount(document.tokens_evaluated),
    outputTokens: asCount(document.tokens_predicted),
  })
}
