import { asName, objectsIn } from '../wire/json.ts'
import type { Part } from './types.ts'

export function textPart(text: unknown): Part[] {
  return typeof text === 'string' && text !== '' ? [{ type: 'text', content: text }] : []
}

/** Content as most APIs write it: a text, or blocks of which those with a text are text. Others keep their form. */
export function partsOf(content: unknown): Part[] {
  if (typeof content === 'string') return textPart(content)
  return objectsIn(content).map((block): Part => {
    if (typeof block.text === 'string') return { type: 'text', content: block.text }
    if (typeof block.thinking === 'string') return { type: 'reasoning', content: block.thinking }
    if (block.type === 'tool_use')
      return { type: 'tool_call', id: block.id, name: block.name, arguments: block.input }
    if (block.type === 'tool_result')
      return { type: 'tool_call_response', id: block.tool_use_id, response: block.content }
    return { ...block, type: asName(block.type) ?? 'unknown' }
  })
}
