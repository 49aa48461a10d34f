import { asCount, asName, asNames, asNumber, objectsIn } from '../wire/json.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readLatestDocument } from './readers/latest-document.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

const STREAMED = '/api/extra/generate/stream'

/** Members that its clients send with the prompt, and that an app's own API hardly has. */
const OWN = ['max_length', 'max_context_length']

/**
 * https://lite.koboldai.net/koboldcpp_api: the server's own completion API; it also has one compatible with OpenAI's. A
 * stream doesn't state its tokens.
 */
export const koboldcppGenerate: ApiFlavor = {
  name: 'koboldcpp-generate',
  provider: 'koboldcpp',
  endpoints: ['POST /api/v1/generate', 'POST /api/latest/generate', 'POST /api/extra/generate/stream'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('prompt' in body) || !OWN.some((name) => name in body)) return undefined
    return {
      operation: 'text_completion',
      stream: request.path.endsWith(STREAMED) ? true : undefined,
      maxTokens: asCount(body.max_length),
      temperature: asNumber(body.temperature),
      topP: asNumber(body.top_p),
      topK: asCount(body.top_k),
      stopSequences: asNames(body.stop_sequence),
    }
  },
  readResponse: (response) =>
    readAnswerIn(response, readLatestDocument(response, []), (document) => {
      const [result = document] = objectsIn(document.results)
      return {
        finishReasons: asNames(asName(result.finish_reason)),
        usage: {
          inputTokens: asCount(result.prompt_tokens),
          outputTokens: asCount(result.completion_tokens),
        },
      }
    }),
}
