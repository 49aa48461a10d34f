import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asCount, asName, asObject, type JsonObject, objectsIn, sumOf } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { known } from './readers/known.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { toolRequests } from './readers/tool-requests.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/**
 * https://docs.mistral.ai/api/endpoint/beta/conversations: starts or continues a conversation with a model or an agent.
 */
export const mistralConversations: ApiFlavor = {
  name: 'mistral-conversations',
  provider: 'mistral_ai',
  endpoints: ['POST /v1/conversations', 'POST /v1/conversations/{conversation...}'],
  accepts: ({ path }) => !path.endsWith('/messages'),
  readRequest(request) {
    const body = readRequestMembers(request)
    // OpenAI's conversations, on the same path, store items and make no inference.
    if (body === undefined || !('inputs' in body)) return undefined
    return {
      operation: 'agent_id' in body ? 'invoke_agent' : 'chat',
      ...readSamplingParameters(asObject(body.completion_args) ?? {}),
      ...known<Partial<GenAiRequest>>({
        model: asName(body.model),
        agentId: asName(body.agent_id),
        stream: asBoolean(body.stream),
      }),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    let document: JsonObject | undefined
    if (events === undefined) document = readDocument(response.body, ['usage', 'conversation_id'])
    else {
      const [started] = events.containing('"conversation.response.started"')
      const [output] = events.containing('"message.output.delta"')
      const [done] = events.containing('"conversation.response.done"')
      const [failed] = events.containing('"conversation.response.error"')
      const { code, message } = failed?.json() ?? {}
      document = {
        ...started?.json(),
        ...done?.json(),
        outputs: [output?.json()],
        error: failed && { code, message },
      }
    }
    return readAnswerIn(response, document, ({ conversation_id, outputs, usage }) => {
      const counts = asObject(usage)
      const read = readOpenAiUsage(counts)
      return {
        conversationId: asName(conversation_id),
        model: objectsIn(outputs)
          .map((output) => asName(output.model))
          .find((model) => model !== undefined),
        // What connectors (search, code, libraries) read is billed as input too.
        usage: read && { ...read, inputTokens: sumOf(read.inputTokens, asCount(counts?.connector_tokens)) },
        toolRequests: toolRequests(Object.entries(asObject(counts?.connectors) ?? {})),
      }
    })
  },
}
