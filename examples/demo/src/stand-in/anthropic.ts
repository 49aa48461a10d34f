import { ANSWER, ANSWER_WORDS, type Reply } from './reply.ts'
import { countTokens, outputTokens, type PromptCache, textOf } from './tokens.ts'

interface TextBlock {
  text: string
  cache_control?: { ttl?: '5m' | '1h' }
}

interface MessagesRequest {
  model: string
  max_tokens: number
  system?: string | TextBlock[]
  messages: { content: unknown }[]
  stream?: boolean
}

/** Anthropic counts cache reads and writes outside `input_tokens`. */
function readInput(request: MessagesRequest, cache: PromptCache) {
  const usage = {
    input_tokens: 0,
    cache_read_input_tokens: 0,
    ephemeral_5m_input_tokens: 0,
    ephemeral_1h_input_tokens: 0,
  }
  const blocks: TextBlock[] =
    typeof request.system === 'string' ? [{ text: request.system }] : (request.system ?? [])
  for (const { text, cache_control } of blocks) {
    if (cache_control === undefined) usage.input_tokens += countTokens(text)
    else if (cache.hit(text)) usage.cache_read_input_tokens += countTokens(text)
    else if (cache_control.ttl === '1h') usage.ephemeral_1h_input_tokens += countTokens(text)
    else usage.ephemeral_5m_input_tokens += countTokens(text)
  }
  usage.input_tokens += countTokens(textOf(request.messages.map(({ content }) => content)))
  const { ephemeral_5m_input_tokens, ephemeral_1h_input_tokens, ...plain } = usage
  return {
    ...plain,
    cache_creation_input_tokens: ephemeral_5m_input_tokens + ephemeral_1h_input_tokens,
    cache_creation: { ephemeral_5m_input_tokens, ephemeral_1h_input_tokens },
    service_tier: 'standard',
  }
}

export function messages(request: MessagesRequest, id: string, cache: PromptCache): Reply {
  const input = readInput(request, cache)
  const output_tokens = outputTokens(request.max_tokens)
  const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model: request.model }
  if (request.stream !== true) {
    const content = [{ type: 'text', text: ANSWER }]
    const end = { content, stop_reason: 'end_turn', stop_sequence: null }
    return { status: 200, json: { ...message, ...end, usage: { ...input, output_tokens } } }
  }
  const start = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...input, output_tokens: 1 },
  }
  const events = [
    { type: 'message_start', message: start },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...ANSWER_WORDS.map((word) => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: `${word} ` },
    })),
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens },
    },
    { type: 'message_stop' },
  ]
  return { status: 200, events: events.map((data) => ({ event: data.type, data })) }
}
