import { openEventStream } from '../wire/event-stream.ts'
import { readOpenAiChatContent } from './content/openai-chat-content.ts'
import { readCompletionBody, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters, readStreamUsageRequested } from './readers/openai-request.ts'
import { CHATS, deploymentOf, endsWithAny, segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://platform.openai.com/docs/api-reference/completions, and what has its shape: Mistral's fill-in-the-middle,
 * Portkey's stored prompts.
 */
export const openaiCompletions: ApiFlavor = {
  name: 'openai-completions',
  provider: 'openai',
  endings: ['completions'],
  matches: ({ method, path }) =>
    method === 'POST' &&
    path.endsWith('/completions') &&
    !path.endsWith('/chat/completions') &&
    !endsWithAny(path, CHATS),
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('prompt' in body) && !('variables' in body)) return undefined
    const model = deploymentOf(request.path) ?? segmentAfter(request.path, '/engines/')
    return {
      operation: 'text_completion',
      ...(model !== undefined && { model }),
      ...(body && { ...readSamplingParameters(body), ...readStreamUsageRequested(body) }),
    }
  },
  readResponse(response, request) {
    const events = openEventStream(response)
    if (events !== undefined) return readCompletionStream(response, events, request.choiceCount)
    return readCompletionBody(response, request.choiceCount)
  },
  readContent: readOpenAiChatContent,
}
