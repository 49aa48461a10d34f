import { asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { partsOf } from './parts.ts'
import type { ContentReader, MessageContent } from './types.ts'

/** https://platform.claude.com/docs/en/api/messages */
export const anthropicMessagesContent: ContentReader = {
  flavor: 'anthropic-messages',
  readRequest(body) {
    const system = partsOf(body.system)
    const tools = objectsIn(body.tools)
    return {
      inputMessages: objectsIn(body.messages).map((message) => ({
        role: asName(message.role) ?? 'user',
        parts: partsOf(message.content),
      })),
      ...(system.length > 0 && { systemInstructions: system }),
      ...(tools.length > 0 && { toolDefinitions: tools }),
    }
  },
  readResponse: (body) => output(body.content, body.stop_reason),
  readStream(events) {
    const blocks = new Map<unknown, JsonObject>()
    let stopReason: unknown
    for (const event of events) {
      const delta = asObject(event.delta) ?? {}
      if (event.type === 'content_block_start') blocks.set(event.index, { ...asObject(event.content_block) })
      const block = blocks.get(event.index)
      if (event.type === 'content_block_delta' && block !== undefined) append(block, delta)
      if (event.type === 'message_delta') stopReason = delta.stop_reason
    }
    return output([...blocks.values()], stopReason)
  },
}

function append(block: JsonObject, delta: JsonObject): void {
  if (typeof delta.text === 'string') block.text = `${String(block.text ?? '')}${delta.text}`
  if (typeof delta.thinking === 'string') block.thinking = `${String(block.thinking ?? '')}${delta.thinking}`
  if (typeof delta.partial_json === 'string') {
    block.input = `${typeof block.input === 'string' ? block.input : ''}${delta.partial_json}`
  }
}

function output(content: unknown, stopReason: unknown): MessageContent {
  const finish = typeof stopReason === 'string' ? { finish_reason: stopReason } : {}
  return { outputMessages: [{ role: 'assistant', parts: partsOf(content), ...finish }] }
}
