import { openEventStream } from '../../wire/event-stream.ts'
import { asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { ObservedRequest, ObservedResponse } from '../../wire/types.ts'
import {
  blobPart,
  functionCalls,
  functionDefinitions,
  nonEmpty,
  outputMessage,
  parseBody,
  textPart,
  toolResponsePart,
} from './parts.ts'
import { append } from './pieces.ts'
import type { GenAiContent, MessagePart } from './types.ts'

/** The content of a chat, or of a prompt and its completion. */
export function readOllamaContent(
  request: ObservedRequest,
  response: ObservedResponse | undefined,
): GenAiContent {
  const body = parseBody(request.body)
  const messages =
    body?.prompt === undefined ? objectsIn(body?.messages) : [{ role: 'user', content: body.prompt }]
  const answer = response && readAnswer(response)
  return nonEmpty({
    systemInstructions: textPart(body?.system),
    inputMessages: messages.map((message) => ({
      role: asName(message.role) ?? 'user',
      parts: readParts(message),
    })),
    outputMessages: answer && outputMessage(readParts(answer), answer.done_reason),
    toolDefinitions: functionDefinitions(body?.tools),
  })
}

function readParts(message: JsonObject): MessagePart[] {
  if (message.role === 'tool') return toolResponsePart(message.tool_call_id, message.content)
  const images = Array.isArray(message.images) ? message.images : []
  return [
    ...textPart(message.thinking, 'reasoning'),
    ...textPart(message.content),
    ...images.flatMap((image) => blobPart(image, 'image/*')),
    ...functionCalls(message.tool_calls),
  ]
}

/** The message that the lines of a stream add up to; `/api/generate` has its members at the top level. */
function readAnswer(response: ObservedResponse): JsonObject {
  const events = openEventStream(response)
  const lines =
    events === undefined
      ? [parseBody(response.body) ?? {}]
      : [...events.forward()].map((event) => event.json() ?? {})
  const answer: JsonObject = {}
  const tool_calls: JsonObject[] = []
  for (const line of lines) {
    const message = asObject(line.message) ?? { content: line.response, thinking: line.thinking }
    for (const name of ['content', 'thinking']) append(answer, name, message[name])
    tool_calls.push(...objectsIn(message.tool_calls))
    answer.done_reason ??= line.done_reason
  }
  return { ...answer, tool_calls }
}
