import { openEventStream } from '../../wire/event-stream.ts'
import { asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { ObservedRequest, ObservedResponse } from '../../wire/types.ts'
import {
  blobPart,
  filePart,
  functionCalls,
  functionDefinitions,
  nonEmpty,
  outputMessage,
  parseBody,
  textPart,
  toolResponsePart,
  uriPart,
} from './parts.ts'
import { append, Pieces } from './pieces.ts'
import type { ChatMessage, GenAiContent, MessagePart, OutputMessage } from './types.ts'

/**
 * The content of a chat completion, where system messages remain part of the conversation, or of a text completion,
 * where prompts count as messages of the user.
 */
export function readOpenAiChatContent(
  request: ObservedRequest,
  response: ObservedResponse | undefined,
): GenAiContent {
  const body = parseBody(request.body)
  return nonEmpty({
    inputMessages:
      body?.prompt === undefined ? objectsIn(body?.messages).map(readMessage) : readPrompts(body.prompt),
    outputMessages: response && readOutput(response),
    toolDefinitions: functionDefinitions(body?.tools),
  })
}

function readPrompts(prompt: unknown): ChatMessage[] {
  return [prompt].flat().flatMap((text) => {
    const parts = textPart(text)
    return parts.length === 0 ? [] : [{ role: 'user', parts }]
  })
}

function readMessage(message: JsonObject): ChatMessage {
  const role = asName(message.role) ?? 'user'
  const name = asName(message.name)
  const parts =
    role === 'tool' ? toolResponsePart(message.tool_call_id, message.content) : readMessageParts(message)
  return { role, parts, ...(name !== undefined && { name }) }
}

function readMessageParts(message: JsonObject): MessagePart[] {
  return [
    ...textPart(message.reasoning_content ?? message.reasoning, 'reasoning'),
    ...textPart(message.content),
    ...textPart(message.refusal),
    ...textPart(asObject(message.audio)?.transcript ?? message.transcript),
    ...objectsIn(message.content).flatMap(readPart),
    ...functionCalls(message.tool_calls),
  ]
}

function readPart(part: JsonObject): MessagePart[] {
  const audio = asObject(part.input_audio)
  const file = asObject(part.file)
  if (audio !== undefined) return blobPart(audio.data, `audio/${asName(audio.format) ?? 'wav'}`)
  if (file !== undefined) return file.file_id === undefined ? uriPart(file.file_data) : filePart(file.file_id)
  if (part.type === 'image_url')
    return uriPart(asObject(part.image_url)?.url ?? part.image_url, undefined, 'image')
  return textPart(part.text ?? part.refusal)
}

function readOutput(response: ObservedResponse): OutputMessage[] {
  const events = openEventStream(response)
  const choices =
    events === undefined
      ? objectsIn(parseBody(response.body)?.choices)
      : joinChunks([...events.forward()].flatMap((event) => objectsIn(event.json()?.choices)))
  return choices.flatMap((choice) =>
    outputMessage(
      readMessageParts(asObject(choice.message) ?? { content: choice.text }),
      choice.finish_reason,
    ),
  )
}

/** The choices that the chunks of a stream add up to. */
function joinChunks(chunks: JsonObject[]): JsonObject[] {
  const choices = new Pieces()
  const calls = new Map<JsonObject, Pieces>()
  for (const chunk of chunks) {
    const choice = choices.at(chunk.index)
    const delta = asObject(chunk.delta) ?? { content: chunk.text }
    for (const name of ['content', 'reasoning_content', 'reasoning', 'refusal'])
      append(choice, name, delta[name])
    append(choice, 'transcript', asObject(delta.audio)?.transcript)
    if (typeof chunk.finish_reason === 'string') choice.finish_reason = chunk.finish_reason
    const started = calls.get(choice) ?? new Pieces()
    calls.set(choice, started)
    for (const [position, piece] of objectsIn(delta.tool_calls).entries()) {
      const details = asObject(piece.function) ?? {}
      const call = started.at(piece.index, position)
      call.id ??= piece.id
      append(call, 'name', details.name)
      append(call, 'arguments', details.arguments)
    }
  }
  return choices.all().map((choice) => {
    const tool_calls = calls
      .get(choice)
      ?.all()
      .map(({ id, ...details }) => ({ id, function: details }))
    return { finish_reason: choice.finish_reason, message: { ...choice, tool_calls } }
  })
}
