import { wholeOf } from '../../wire/bytes.ts'
import { asObject, type JsonObject, objectsIn, parseJson, parseObject } from '../../wire/json.ts'
import type { ObservedBody } from '../../wire/types.ts'
import { known } from '../readers/known.ts'
import type { Draft } from '../types.ts'
import type { GenAiContent, MessagePart, OutputMessage, ToolDefinition } from './types.ts'

/** The JSON object in a body. Content is read only from bodies that are held whole. */
export function parseBody(body: ObservedBody | undefined): JsonObject | undefined {
  const whole = body?.ended ? wholeOf(body) : undefined
  return whole && parseObject(whole.toString('utf8'))
}

/** The same without empty members. */
export function nonEmpty(
  content: { [Name in keyof GenAiContent]: GenAiContent[Name] | undefined },
): GenAiContent {
  const draft: Draft<GenAiContent> = { ...content }
  for (const name in draft) {
    const member = name as keyof GenAiContent
    if (draft[member]?.length === 0) delete draft[member]
  }
  return known<GenAiContent>(draft)
}

/** A part for a text that isn't empty. */
export function textPart(content: unknown, type: 'text' | 'reasoning' = 'text'): MessagePart[] {
  return typeof content === 'string' && content !== '' ? [{ type, content }] : []
}

/** @param given an object, or one as JSON text; what isn't JSON stays text. */
export function toolCallPart(name: unknown, id: unknown, given: unknown): MessagePart[] {
  if (typeof name !== 'string') return []
  const text = typeof given === 'string' ? (parseJson(given) ?? given) : given
  return [
    {
      type: 'tool_call',
      ...(typeof id === 'string' && { id }),
      name,
      ...(text !== undefined && text !== '' && { arguments: text }),
    },
  ]
}

export function toolResponsePart(id: unknown, response: unknown): MessagePart[] {
  return [{ type: 'tool_call_response', ...(typeof id === 'string' && { id }), response: response ?? null }]
}

/** Data as base64. */
export function blobPart(content: unknown, mimeType: unknown): MessagePart[] {
  if (typeof content !== 'string') return []
  const type = typeof mimeType === 'string' ? mimeType : undefined
  return [
    { type: 'blob', modality: modalityOf(type), content, ...(type !== undefined && { mime_type: type }) },
  ]
}

/** An address, or data in one (`data:image/png;base64,...`). */
export function uriPart(uri: unknown, mimeType?: unknown, modality?: string): MessagePart[] {
  if (typeof uri !== 'string') return []
  const data = /^data:([^;,]*);base64,/.exec(uri)
  if (data !== null) return blobPart(uri.slice(data[0].length), data[1])
  const type = typeof mimeType === 'string' ? mimeType : undefined
  return [
    {
      type: 'uri',
      modality: modality ?? modalityOf(type),
      uri,
      ...(type !== undefined && { mime_type: type }),
    },
  ]
}

export function filePart(fileId: unknown, modality = 'document'): MessagePart[] {
  return typeof fileId === 'string' ? [{ type: 'file', modality, file_id: fileId }] : []
}

export function toolDefinition(name: unknown, description: unknown, parameters: unknown): ToolDefinition[] {
  if (typeof name !== 'string') return []
  return [
    {
      type: 'function',
      name,
      ...(typeof description === 'string' && { description }),
      ...(parameters !== undefined && { parameters }),
    },
  ]
}

/** `{ function: { name, description, parameters } }`, of each tool. */
export function functionDefinitions(tools: unknown): ToolDefinition[] {
  return objectsIn(tools).flatMap((tool) => {
    const details = asObject(tool.function) ?? {}
    return toolDefinition(details.name, details.description, details.parameters)
  })
}

/** `{ id, function: { name, arguments } }`, of each call. */
export function functionCalls(calls: unknown): MessagePart[] {
  return objectsIn(calls).flatMap((call) => {
    const details = asObject(call.function) ?? {}
    return toolCallPart(details.name, call.id, details.arguments)
  })
}

/** An output message; none where there was no answer. */
export function outputMessage(parts: MessagePart[], reason: unknown): OutputMessage[] {
  if (parts.length === 0 && typeof reason !== 'string') return []
  return [
    { role: 'assistant', parts, finish_reason: FINISH_REASONS[String(reason)] ?? String(reason ?? 'error') },
  ]
}

/** The conventions' words for finish reasons by those of the providers; others stay what they are. */
const FINISH_REASONS: Record<string, string> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  STOP: 'stop',
  STOP_SEQUENCE: 'stop',
  COMPLETE: 'stop',
  completed: 'stop',
  max_tokens: 'length',
  max_output_tokens: 'length',
  MAX_TOKENS: 'length',
  tool_calls: 'tool_call',
  tool_use: 'tool_call',
  TOOL_CALL: 'tool_call',
  function_call: 'tool_call',
  refusal: 'content_filter',
  SAFETY: 'content_filter',
  guardrail_intervened: 'content_filter',
  content_filtered: 'content_filter',
}

function modalityOf(mimeType: string | undefined): string {
  const kind = mimeType?.split('/', 1)[0]
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'document'
}
