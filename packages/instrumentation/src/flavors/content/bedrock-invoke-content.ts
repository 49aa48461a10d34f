import { Buffer } from 'node:buffer'
import { isAwsStream } from '../../wire/aws-event-stream.ts'
import { openEventStream } from '../../wire/event-stream.ts'
import type { ObservedRequest, ObservedResponse } from '../../wire/types.ts'
import { readAnthropicContent } from './anthropic-content.ts'
import { readConverseContent } from './bedrock-converse-content.ts'
import { readOpenAiChatContent } from './openai-chat-content.ts'
import { parseBody } from './parts.ts'
import type { GenAiContent } from './types.ts'

/**
 * The bodies are those of the model's maker: Anthropic's messages, Amazon's own (as in Converse), or OpenAI's shape.
 */
export function readInvokeContent(
  request: ObservedRequest,
  response: ObservedResponse | undefined,
): GenAiContent {
  const body = parseBody(request.body) ?? {}
  const answer = response && withoutFrames(response)
  if ('anthropic_version' in body) return readAnthropicContent(request, answer)
  if ('inferenceConfig' in body || 'schemaVersion' in body) return readConverseContent(request, answer)
  return readOpenAiChatContent(request, answer)
}

/** Turns the frames of a stream, which hold chunks as base64, into server-sent events. */
function withoutFrames(response: ObservedResponse): ObservedResponse {
  if (!isAwsStream(response)) return response
  const chunks = [...(openEventStream(response)?.forward() ?? [])].flatMap((frame) => {
    const bytes = frame.json()?.bytes
    return typeof bytes === 'string' ? `data: ${Buffer.from(bytes, 'base64').toString()}\n\n` : []
  })
  const bytes = Buffer.from(chunks.join(''))
  const { ended, complete } = response.body
  return {
    status: response.status,
    header: () => undefined,
    body: { head: bytes, tail: bytes, complete, ended, totalBytes: bytes.length },
  }
}
