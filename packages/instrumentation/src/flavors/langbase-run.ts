import { openEventStream } from '../wire/event-stream.ts'
import { asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { readCompletion, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

const PIPES = '/v1/pipes/run'

/**
 * https://langbase.com/docs/api-reference/pipe/run and agent/run: runs a prompt that is stored at Langbase or sent
 * along, with tools and memory. The model's answer, a chat completion, is in the body beside its text; the thread's id
 * is in a header.
 */
export const langbaseRun: ApiFlavor = {
  name: 'langbase-run',
  provider: 'langbase',
  endpoints: ['POST api.langbase.com/v1/pipes/run', 'POST api.langbase.com/v1/agent/run'],
  readRequest(request) {
    const body = readRequestMembers(request, ['stream', 'name', 'threadId']) ?? {}
    return {
      operation: 'chat',
      ...readSamplingParameters(body),
      promptName: request.path === PIPES ? asName(body.name) : undefined,
      conversationId: asName(body.threadId),
    }
  },
  readResponse(response) {
    return { conversationId: asName(response.header('lb-thread-id')), ...readAnswer(response) }
  },
}

function readAnswer(response: ObservedResponse): GenAiResponse {
  const events = openEventStream(response)
  if (events !== undefined) return readCompletionStream(response, events)
  const document = readDocument(response.body, ['raw'])
  return readCompletion(response, asObject(document?.raw) ?? document)
}
