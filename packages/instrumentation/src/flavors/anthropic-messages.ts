import { openEventStream } from '../wire/event-stream.ts'
import { readDocument } from '../wire/json-document.ts'
import { readAnthropicContent } from './content/anthropic-content.ts'
import { readMessage, readMessageStream } from './readers/anthropic-message.ts'
import { readAnthropicParameters } from './readers/anthropic-request.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://platform.claude.com/docs/en/api/messages. Counting tokens is free and no inference: it gives no span. Behind a
 * gateway the path may lack its version, and the request's own names it.
 */
export const anthropicMessages: ApiFlavor = {
  name: 'anthropic-messages',
  provider: 'anthropic',
  endings: ['messages'],
  matches: (request) =>
    request.method === 'POST' &&
    (request.path.endsWith('/v1/messages') ||
      (request.path.endsWith('/messages') && request.header('anthropic-version') !== undefined)),
  readRequest(request) {
    const body = readRequestMembers(request)
    const isVersioned = request.header('anthropic-version') !== undefined
    // Text messages to telephones are sent to such paths, too: those name no model. The members of a long request may not
    // all be held, a system prompt stands before the messages.
    if (!isVersioned && (body === undefined || !('messages' in body && 'model' in body))) return undefined
    return { operation: 'chat', ...(body && readAnthropicParameters(body)) }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return readMessageStream(response, events)
    return readMessage(response, readDocument(response.body, ['usage', 'stop_reason', 'model', 'id']))
  },
  readContent: readAnthropicContent,
}
