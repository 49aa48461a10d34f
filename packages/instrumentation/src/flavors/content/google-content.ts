import { openEventStream } from '../../wire/event-stream.ts'
import { asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { ObservedRequest, ObservedResponse } from '../../wire/types.ts'
import { inCamelCase } from '../readers/google-request.ts'
import {
  blobPart,
  nonEmpty,
  outputMessage,
  parseBody,
  textPart,
  toolCallPart,
  toolDefinition,
  toolResponsePart,
  uriPart,
} from './parts.ts'
import { Pieces } from './pieces.ts'
import type { ChatMessage, GenAiContent, MessagePart, OutputMessage } from './types.ts'

export function readGoogleContent(
  request: ObservedRequest,
  response: ObservedResponse | undefined,
): GenAiContent {
  const body = inCamelCase(parseBody(request.body))
  const tools = objectsIn(body.tools).flatMap((tool) => objectsIn(inCamelCase(tool).functionDeclarations))
  return nonEmpty({
    systemInstructions: readParts(asObject(body.systemInstruction)),
    inputMessages: objectsIn(body.contents).map(readContentMessage),
    outputMessages: response && readOutput(response),
    toolDefinitions: tools.flatMap((tool) =>
      toolDefinition(tool.name, tool.description, tool.parameters ?? tool.parametersJsonSchema),
    ),
  })
}

function readContentMessage(content: JsonObject): ChatMessage {
  return {
    role: content.role === 'model' ? 'assistant' : (asName(content.role) ?? 'user'),
    parts: readParts(content),
  }
}

/** Joins consecutive pieces of text, as they come in a stream. */
function readParts(content: JsonObject | undefined): MessagePart[] {
  const parts: MessagePart[] = []
  for (const part of objectsIn(content?.parts).flatMap(readPart)) {
    const last = parts.at(-1)
    if (last !== undefined && isText(last) && isText(part) && last.type === part.type) {
      parts[parts.length - 1] = { ...last, content: last.content + part.content }
    } else parts.push(part)
  }
  return parts
}

function isText(part: MessagePart): part is MessagePart & { type: 'text' | 'reasoning' } {
  return part.type === 'text' || part.type === 'reasoning'
}

function readPart(member: JsonObject): MessagePart[] {
  const part = inCamelCase(member)
  const call = asObject(part.functionCall)
  const result = asObject(part.functionResponse)
  const { data, fileUri, mimeType } = inCamelCase(part.inlineData ?? part.fileData)
  if (call !== undefined) return toolCallPart(call.name, call.id, call.args)
  if (result !== undefined) return toolResponsePart(result.id, result.response)
  if (data !== undefined) return blobPart(data, mimeType)
  if (fileUri !== undefined) return uriPart(fileUri, mimeType)
  return textPart(part.text, part.thought === true ? 'reasoning' : 'text')
}

function readOutput(response: ObservedResponse): OutputMessage[] {
  const events = openEventStream(response)
  const chunks =
    events === undefined ? [parseBody(response.body)] : [...events.forward()].map((event) => event.json())
  const candidates = new Pieces()
  for (const piece of chunks.flatMap((chunk) => objectsIn(chunk?.candidates))) {
    const candidate = candidates.at(piece.index)
    candidate.parts = [...objectsIn(candidate.parts), ...objectsIn(asObject(piece.content)?.parts)]
    candidate.finishReason = piece.finishReason ?? candidate.finishReason
  }
  return candidates.all().flatMap((candidate) => outputMessage(readParts(candidate), candidate.finishReason))
}
