import { openEventStream } from '../wire/event-stream.ts'
import { readDocument } from '../wire/json-document.ts'
import { readAnthropicContent } from './content/anthropic-content.ts'
import { readMessage, readMessageStream } from './readers/anthropic-message.ts'
import { isVersioned, readAnthropicParameters } from './readers/anthropic-request.ts'
import { isPreset } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

/**
 * https://platform.claude.com/docs/en/api/messages. Counting tokens is free and no inference, so it gets no span.
 * Behind a gateway, the path may lack the version, but a header of the request has one.
 */
export const anthropicMessages: ApiFlavor = {
  name: 'anthropic-messages',
  provider: 'anthropic',
  endpoints: ['POST /v1/messages', 'POST /messages'],
  accepts: (request) =>
    request.path.endsWith('/v1/messages') || (isVersioned(request) && !isPreset(request.path)),
  readRequest(request) {
    const body = readRequestMembers(request)
    // Text messages (SMS) are sent to such paths as well, but name no model. With a version the body doesn't matter: of
    // a long one, not all members may be held, as the system prompt comes before the messages.
    if (!isVersioned(request) && (body === undefined || !('messages' in body && 'model' in body)))
      return undefined
    return { operation: 'chat', ...(body && readAnthropicParameters(body)) }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return withoutRefused(readMessageStream(response, events))
    const document = readDocument(response.body, [
      'usage',
      'stop_reason',
      'model',
      'id',
      'copilot_usage',
      'cost',
    ])
    return withoutRefused(readMessage(response, document))
  },
  readContent: readAnthropicContent,
}

/**
 * A request that is refused before any output states usage, but isn't billed,
 * https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback
 */
function withoutRefused(read: GenAiResponse): GenAiResponse {
  const { usage, finishReasons } = read
  if (usage?.outputTokens !== 0 || finishReasons?.[0] !== 'refusal') return read
  return { ...read, usage: { ...usage, billedInputTokens: 0, billedOutputTokens: 0 } }
}
