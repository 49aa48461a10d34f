import { asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { partsOf, textPart } from './parts.ts'
import type { ContentReader, Message, MessageContent } from './types.ts'

/** https://platform.openai.com/docs/api-reference/responses */
export const openaiResponsesContent: ContentReader = {
  flavor: 'openai-responses',
  readRequest(body) {
    const tools = objectsIn(body.tools)
    const inputMessages: Message[] =
      typeof body.input === 'string'
        ? [{ role: 'user', parts: textPart(body.input) }]
        : objectsIn(body.input).map(readItem)
    return {
      inputMessages,
      ...(typeof body.instructions === 'string' && { systemInstructions: textPart(body.instructions) }),
      ...(tools.length > 0 && { toolDefinitions: tools }),
    }
  },
  readResponse,
  readStream(events) {
    const last = events.findLast((event) => asObject(event.response) !== undefined)
    return last === undefined ? {} : readResponse(asObject(last.response) ?? {})
  },
}

function readResponse(body: JsonObject): MessageContent {
  return { outputMessages: objectsIn(body.output).map(readItem) }
}

function readItem(item: JsonObject): Message {
  const role = asName(item.role) ?? 'assistant'
  if (item.type === 'function_call') {
    return {
      role,
      parts: [{ type: 'tool_call', id: item.call_id, name: item.name, arguments: item.arguments }],
    }
  }
  if (item.type === 'function_call_output') {
    return { role: 'tool', parts: [{ type: 'tool_call_response', id: item.call_id, response: item.output }] }
  }
  return { role, parts: item.content === undefined ? partsOf([item]) : partsOf(item.content) }
}
