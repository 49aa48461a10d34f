import { openEventStream } from '../../wire/event-stream.ts'
import { asName, asObject, type JsonObject, objectsIn, parseJson } from '../../wire/json.ts'
import type { StreamEvent } from '../../wire/stream-event.ts'
import type { ObservedRequest, ObservedResponse } from '../../wire/types.ts'
import {
  blobPart,
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
import { append, Pieces } from './pieces.ts'
import type { GenAiContent, MessagePart, OutputMessage } from './types.ts'

/** The content of a message, wherever Claude is hosted. */
export function readAnthropicContent(
  request: ObservedRequest,
  response: ObservedResponse | undefined,
): GenAiContent {
  const body = parseBody(request.body)
  return nonEmpty({
    systemInstructions: readBlocks(body?.system),
    inputMessages: objectsIn(body?.messages).map(({ role, content }) => ({
      role: asName(role) ?? 'user',
      parts: readBlocks(content),
    })),
    outputMessages: response && readOutput(response),
    toolDefinitions: objectsIn(body?.tools).flatMap((tool) =>
      toolDefinition(tool.name, tool.description, tool.input_schema),
    ),
  })
}

/** Text alone, or a list of content blocks. */
function readBlocks(content: unknown): MessagePart[] {
  return [...textPart(content), ...objectsIn(content).flatMap(readBlock)]
}

function readBlock(block: JsonObject): MessagePart[] {
  const type = asName(block.type) ?? ''
  switch (type) {
    case 'text':
      return textPart(block.text)
    case 'thinking':
      return textPart(block.thinking, 'reasoning')
    case 'image':
    case 'document':
      return readSource(asObject(block.source) ?? {}, type)
    case 'tool_use':
      return toolCallPart(block.name, block.id, block.input)
    case 'tool_result':
      return toolResponsePart(block.tool_use_id, block.content)
    case 'server_tool_use': {
      const name = asName(block.name) ?? 'tool'
      const id = asName(block.id)
      return [
        {
          type: 'server_tool_call',
          ...(id && { id }),
          name,
          server_tool_call: { type: name, ...asObject(block.input) },
        },
      ]
    }
    default:
      return type.endsWith('_tool_result') ? readServerToolResult(block, type) : []
  }
}

function readServerToolResult(block: JsonObject, type: string): MessagePart[] {
  const id = asName(block.tool_use_id)
  const result = { type, content: block.content }
  return [{ type: 'server_tool_call_response', ...(id && { id }), server_tool_call_response: result }]
}

function readSource(source: JsonObject, modality: string): MessagePart[] {
  if (source.type === 'url') return uriPart(source.url, undefined, modality)
  if (source.type === 'file') return filePart(source.file_id, modality)
  return source.type === 'text' ? textPart(source.data) : blobPart(source.data, source.media_type)
}

function readOutput(response: ObservedResponse): OutputMessage[] {
  const events = openEventStream(response)
  const message = events === undefined ? parseBody(response.body) : joinEvents(events.forward())
  const parts = readBlocks(message?.content)
  return parts.length === 0 ? [] : outputMessage(parts, message?.stop_reason)
}

/** The message that the events of a stream add up to. */
function joinEvents(events: Iterable<StreamEvent>): JsonObject {
  const blocks = new Pieces()
  let reason: unknown
  for (const event of events) {
    const document = event.json() ?? {}
    const delta = asObject(document.delta) ?? {}
    if (document.type === 'message_delta') reason = delta.stop_reason
    else if (document.type === 'content_block_start') {
      Object.assign(blocks.at(document.index), asObject(document.content_block))
    } else if (document.type === 'content_block_delta') {
      for (const name of ['text', 'thinking', 'partial_json'])
        append(blocks.at(document.index), name, delta[name])
    }
  }
  const content = blocks.all().map(({ partial_json, ...block }) => {
    return partial_json === undefined
      ? block
      : { ...block, input: parseJson(String(partial_json)) ?? partial_json }
  })
  return { content, stop_reason: reason }
}
