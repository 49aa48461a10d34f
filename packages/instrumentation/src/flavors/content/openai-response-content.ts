import { openEventStream } from '../../wire/event-stream.ts'
import { asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { ObservedRequest, ObservedResponse } from '../../wire/types.ts'
import {
  filePart,
  nonEmpty,
  outputMessage,
  parseBody,
  textPart,
  toolCallPart,
  toolDefinition,
  toolResponsePart,
  uriPart,
} from './parts.ts'
import type { ChatMessage, GenAiContent, MessagePart, OutputMessage } from './types.ts'

/**
 * The content of a response of the Responses API, or of the Realtime API: what was sent with it, not the conversation that
 * it continues.
 */
export function readOpenAiResponseContent(
  request: ObservedRequest,
  response: ObservedResponse | undefined,
): GenAiContent {
  const body = parseBody(request.body)
  const text = textPart(body?.input)
  return nonEmpty({
    systemInstructions: textPart(body?.instructions),
    inputMessages: text.length > 0 ? [{ role: 'user', parts: text }] : objectsIn(body?.input).map(readItem),
    outputMessages: response && readOutput(response),
    toolDefinitions: objectsIn(body?.tools).flatMap((tool) =>
      toolDefinition(tool.name, tool.description, tool.parameters),
    ),
  })
}

function readItem(item: JsonObject): ChatMessage {
  if (item.type === 'function_call_output') {
    return { role: 'tool', parts: toolResponsePart(item.call_id, item.output) }
  }
  return { role: asName(item.role) ?? 'assistant', parts: readItemParts(item) }
}

function readItemParts(item: JsonObject): MessagePart[] {
  switch (item.type) {
    case 'function_call':
      return toolCallPart(item.name, item.call_id, item.arguments)
    case 'reasoning':
      return objectsIn(item.summary).flatMap((summary) => textPart(summary.text, 'reasoning'))
    case 'message':
    case undefined:
      return [...textPart(item.content), ...objectsIn(item.content).flatMap(readPart)]
    default:
      return readServerToolCall(item)
  }
}

/** `web_search_call` and the like: tools that the provider ran. */
function readServerToolCall({ id, type, ...call }: JsonObject): MessagePart[] {
  const tool = asName(type)
  if (!tool?.endsWith('_call')) return []
  return [
    {
      type: 'server_tool_call',
      ...(typeof id === 'string' && { id }),
      name: tool.slice(0, -'_call'.length),
      server_tool_call: { type: tool, ...call },
    },
  ]
}

function readPart(part: JsonObject): MessagePart[] {
  if (part.type === 'input_image') {
    return part.file_id === undefined
      ? uriPart(part.image_url, undefined, 'image')
      : filePart(part.file_id, 'image')
  }
  if (part.type === 'input_file') {
    return part.file_id === undefined ? uriPart(part.file_data ?? part.file_url) : filePart(part.file_id)
  }
  // Audio comes with a transcript.
  return textPart(part.text ?? part.transcript ?? part.refusal)
}

/** All output items make one message. */
function readOutput(response: ObservedResponse): OutputMessage[] {
  const events = openEventStream(response)
  let document = events === undefined ? parseBody(response.body) : undefined
  for (const event of events?.backward() ?? []) {
    document = asObject(event.json()?.response)
    if (document !== undefined) break
  }
  const items = objectsIn(document?.output)
  const parts = items.flatMap(readItemParts)
  const calls = items.some(({ type }) => type === 'function_call')
  const status = document?.object === 'response.compaction' ? 'compaction' : document?.status
  const reason = asObject(document?.incomplete_details)?.reason ?? (calls ? 'tool_call' : status)
  return parts.length === 0 ? [] : outputMessage(parts, reason)
}
