import { openEventStream } from '../wire/event-stream.ts'
import { readDocument } from '../wire/json-document.ts'
import { readClaudeCompletion, readClaudeCompletionStream } from './readers/anthropic-completion.ts'
import { readAnthropicParameters } from './readers/anthropic-request.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** The text completions that Anthropic had before messages: they state no usage. */
export const anthropicComplete: ApiFlavor = {
  name: 'anthropic-complete',
  provider: 'anthropic',
  endpoints: ['POST /v1/complete'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('prompt' in body)) return undefined
    return { operation: 'text_completion', ...(body && readAnthropicParameters(body)) }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return readClaudeCompletionStream(response, events)
    return readClaudeCompletion(response, readDocument(response.body, ['stop_reason', 'model', 'id']))
  },
}
