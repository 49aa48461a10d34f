import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readCompletion, readCompletionStream } from './readers/openai-choices.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.exa.ai/reference/answer: a model answers a question from what Exa finds. The answer states its cost; a
 * stream consists of chat completion chunks.
 */
export const exaAnswer: ApiFlavor = {
  name: 'exa-answer',
  provider: 'exa',
  endpoints: ['POST api.exa.ai/answer'],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    return {
      operation: 'chat',
      model: asName(body.model),
      stream: asBoolean(body.stream),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return readCompletionStream(response, events)
    const document = readDocument(response.body, ['costDollars', 'requestId'])
    return { id: asName(document?.requestId), ...readCompletion(response, document) }
  },
}
