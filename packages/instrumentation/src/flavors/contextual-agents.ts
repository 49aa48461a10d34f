import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asName } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.contextual.ai/api-reference/agents-query/query: an agent that answers from documents. Its usage isn't
 * stated.
 */
export const contextualAgents: ApiFlavor = {
  name: 'contextual-agents',
  provider: 'contextual_ai',
  endpoints: ['POST api.contextual.ai/v1/agents/{agent}/query'],
  readRequest(request) {
    const body = readRequestMembers(request, ['stream', 'conversation_id']) ?? {}
    return {
      operation: 'invoke_agent',
      agentId: segmentAfter(request.path, '/agents/'),
      conversationId: asName(body.conversation_id),
      stream: asBoolean(body.stream),
    }
  },
  readResponse(response) {
    if (openEventStream(response) !== undefined && response.status < 400) return {}
    return readJsonAnswer(response, ['conversation_id', 'message_id'], (document) => ({
      id: asName(document.message_id),
      conversationId: asName(document.conversation_id),
    }))
  },
}
