import { openEventStream } from '../../wire/event-stream.ts'
import { asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { StreamEvent } from '../../wire/stream-event.ts'
import type { ObservedRequest, ObservedResponse } from '../../wire/types.ts'
import {
  nonEmpty,
  outputMessage,
  parseBody,
  textPart,
  toolCallPart,
  toolDefinition,
  toolResponsePart,
  uriPart,
} from './parts.ts'
import { append, Pieces } from './pieces.ts'
import type { ChatMessage, GenAiContent, MessagePart } from './types.ts'

/** The content of a chat; in v1, earlier messages are in `chat_history` and the latest is in `message`. */
export function readCohereContent(
  request: ObservedRequest,
  response: ObservedResponse | undefined,
): GenAiContent {
  const body = parseBody(request.body)
  const answer = response && readAnswer(response)
  const messages = [
    ...objectsIn(body?.messages),
    ...objectsIn(body?.chat_history).map(({ role, message }) => ({ role, content: message })),
    ...(typeof body?.message === 'string' ? [{ role: 'user', content: body.message }] : []),
  ]
  return nonEmpty({
    systemInstructions: textPart(body?.preamble),
    inputMessages: messages.map(readMessage),
    outputMessages: answer && outputMessage(readParts(answer), answer.finish_reason),
    toolDefinitions: objectsIn(body?.tools).flatMap((tool) => {
      const details = asObject(tool.function) ?? tool
      return toolDefinition(
        details.name,
        details.description,
        details.parameters ?? details.parameter_definitions,
      )
    }),
  })
}

function readMessage(message: JsonObject): ChatMessage {
  const role = (asName(message.role) ?? 'user').toLowerCase()
  const parts = role === 'tool' ? toolResponsePart(message.tool_call_id, message.content) : readParts(message)
  return { role: role === 'chatbot' ? 'assistant' : role, parts }
}

function readParts(message: JsonObject): MessagePart[] {
  return [
    ...textPart(message.tool_plan, 'reasoning'),
    ...textPart(message.content),
    ...objectsIn(message.content).flatMap((block) => {
      if (block.type === 'thinking') return textPart(block.thinking, 'reasoning')
      return block.type === 'image_url' ? uriPart(asObject(block.image_url)?.url) : textPart(block.text)
    }),
    ...objectsIn(message.tool_calls).flatMap((call) => {
      const details = asObject(call.function) ?? { name: call.name, arguments: call.parameters }
      return toolCallPart(details.name, call.id, details.arguments)
    }),
  ]
}

function readAnswer(response: ObservedResponse): JsonObject {
  const events = openEventStream(response)
  if (events !== undefined) return joinEvents(events.forward())
  const body = parseBody(response.body) ?? {}
  const message = asObject(body.message) ?? { content: body.text, tool_calls: body.tool_calls }
  return { ...message, finish_reason: body.finish_reason }
}

/** The message that the events of a stream add up to; v1 repeats it at the end. */
function joinEvents(events: Iterable<StreamEvent>): JsonObject {
  const blocks = new Pieces()
  const calls = new Pieces()
  const answer: JsonObject = {}
  for (const event of events) {
    const document = event.json() ?? {}
    const delta = asObject(document.delta) ?? {}
    const message = asObject(delta.message) ?? {}
    const content = asObject(message.content)
    const call = asObject(message.tool_calls)
    if (content !== undefined) {
      const block = blocks.at(document.index)
      block.type ??= content.type
      for (const name of ['text', 'thinking']) append(block, name, content[name])
    }
    if (call !== undefined) {
      const made = calls.at(document.index)
      const details = asObject(call.function) ?? {}
      made.id ??= call.id
      append(made, 'name', details.name)
      append(made, 'arguments', details.arguments)
    }
    append(answer, 'tool_plan', message.tool_plan)
    if (document.type === 'message-end') answer.finish_reason = delta.finish_reason
    const whole = asObject(document.response)
    if (document.event_type === 'stream-end' && whole !== undefined)
      return { content: whole.text, tool_calls: whole.tool_calls, finish_reason: document.finish_reason }
  }
  const tool_calls = calls.all().map(({ id, ...details }) => ({ id, function: details }))
  return { ...answer, content: blocks.all(), tool_calls }
}
