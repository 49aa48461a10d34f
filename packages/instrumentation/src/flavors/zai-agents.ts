import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readCompletionBody, readCompletionStream } from './readers/openai-choices.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** For agents, as documented and as called by the SDK, and for assistants, their predecessors. */
const PATHS = ['/api/v1/agents', '/api/paas/v4/v1/agents', '/api/paas/v4/assistant']

/**
 * https://docs.z.ai/api-reference/agents/agent: an agent that Z.AI runs. It answers in the shape of a chat completion.
 */
export const zaiAgents: ApiFlavor = {
  name: 'zai-agents',
  provider: 'z_ai',
  endpoints: ['*.z.ai', '*.bigmodel.cn'].flatMap((host) => PATHS.map((path) => `POST ${host}${path}`)),
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    return {
      operation: 'invoke_agent',
      agentId: asName(body.agent_id) ?? asName(body.assistant_id),
      model: asName(body.model),
      conversationId: asName(body.conversation_id),
      stream: asBoolean(body.stream),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return readCompletionStream(response, events)
    const document = readDocument(response.body, [])
    return {
      ...readCompletionBody(response),
      conversationId: asName(document?.conversation_id),
      status: asName(document?.status),
    }
  },
}
