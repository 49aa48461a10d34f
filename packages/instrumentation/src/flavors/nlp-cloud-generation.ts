import { asCount, asName, asNumber } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** The model comes before the task, and after `gpu/` and a language, if those are chosen. */
const WHOLE_PATH = /\/([^/]+)\/(generation|chatbot)$/

/** https://docs.nlpcloud.com/#generation, and chats, which don't state their tokens. */
export const nlpCloudGeneration: ApiFlavor = {
  name: 'nlp-cloud-generation',
  provider: 'nlp_cloud',
  endpoints: ['nlpcloud.io', 'nlpcloud.com'].flatMap((domain) => [
    `POST *.${domain}/{model...}/generation`,
    `POST *.${domain}/{model...}/chatbot`,
  ]),
  readRequest(request) {
    const [, model = '', task] = WHOLE_PATH.exec(request.path) ?? []
    const body = readRequestMembers(request, ['max_length', 'top_k', 'top_p', 'temperature']) ?? {}
    return {
      operation: task === 'chatbot' ? 'chat' : 'text_completion',
      model: decoded(model),
      maxTokens: asCount(body.max_length),
      temperature: asNumber(body.temperature),
      topP: asNumber(body.top_p),
      topK: asCount(body.top_k),
      stopSequences: asName(body.end_sequence) === undefined ? undefined : [String(body.end_sequence)],
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['nb_input_tokens', 'nb_generated_tokens'], (document) => ({
      usage: {
        inputTokens: asCount(document.nb_input_tokens),
        outputTokens: asCount(document.nb_generated_tokens),
      },
    })),
}
