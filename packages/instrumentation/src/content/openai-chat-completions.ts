import { asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { partsOf, textPart } from './parts.ts'
import type { ContentReader, Message, Part } from './types.ts'

/** https://platform.openai.com/docs/api-reference/chat */
export const openaiChatCompletionsContent: ContentReader = {
  flavor: 'openai-chat-completions',
  readRequest(body) {
    const tools = objectsIn(body.tools)
    return {
      inputMessages: objectsIn(body.messages).map(readMessage),
      ...(tools.length > 0 && { toolDefinitions: tools }),
    }
  },
  readResponse: (body) => ({
    outputMessages: objectsIn(body.choices).map((choice) => ({
      ...readMessage(asObject(choice.message) ?? {}),
      ...finishReason(choice),
    })),
  }),
  readStream(events) {
    const choices = new Map<unknown, { text: string; calls: Map<unknown, ToolCall>; finish: object }>()
    for (const choice of events.flatMap((event) => objectsIn(event.choices))) {
      const draft = choices.get(choice.index) ?? { text: '', calls: new Map(), finish: {} }
      choices.set(choice.index, draft)
      const delta = asObject(choice.delta) ?? {}
      draft.text += typeof delta.content === 'string' ? delta.content : ''
      for (const call of objectsIn(delta.tool_calls)) addToolCall(draft.calls, call)
      Object.assign(draft.finish, finishReason(choice))
    }
    const outputMessages = [...choices.values()].map(({ text, calls, finish }): Message => {
      const parts: Part[] = [
        ...textPart(text),
        ...[...calls.values()].map((call) => ({ type: 'tool_call' as const, ...call })),
      ]
      return { role: 'assistant', parts, ...finish }
    })
    return { outputMessages }
  },
}

interface ToolCall {
  id?: string
  name?: string
  arguments: string
}

function addToolCall(calls: Map<unknown, ToolCall>, delta: JsonObject): void {
  const call = calls.get(delta.index) ?? { arguments: '' }
  calls.set(delta.index, call)
  const part = asObject(delta.function) ?? {}
  const id = asName(delta.id)
  const name = asName(part.name)
  if (id !== undefined) call.id = id
  if (name !== undefined) call.name = name
  if (typeof part.arguments === 'string') call.arguments += part.arguments
}

function readMessage(message: JsonObject): Message {
  const role = asName(message.role) ?? 'assistant'
  if (role === 'tool') {
    const id = asName(message.tool_call_id)
    return {
      role,
      parts: [{ type: 'tool_call_response', ...(id !== undefined && { id }), response: message.content }],
    }
  }
  const calls = objectsIn(message.tool_calls).map((call): Part => {
    const { name, arguments: given } = asObject(call.function) ?? {}
    return { type: 'tool_call', id: call.id, name, arguments: given }
  })
  return { role, parts: [...partsOf(message.content), ...calls] }
}

function finishReason({ finish_reason: reason }: JsonObject): { finish_reason?: string } {
  return typeof reason === 'string' ? { finish_reason: reason } : {}
}
