import { ANSWER, ANSWER_WORDS, type Reply, type ServerSentEvent } from './reply.ts'
import { countTokens, outputTokens, type PromptCache, textOf } from './tokens.ts'

/** https://platform.openai.com/docs/guides/prompt-caching: from 1,024 tokens, in steps of 128. */
const CACHE_MINIMUM_TOKENS = 1024
const CACHE_STEP_TOKENS = 128

interface Message {
  role: string
  content: unknown
}

interface ChatRequest {
  model: string
  messages: Message[]
  max_completion_tokens?: number
  stream?: boolean
  stream_options?: { include_usage?: boolean }
}

interface ResponsesRequest {
  model: string
  instructions?: string
  input: unknown
  max_output_tokens?: number
  stream?: boolean
}

interface EmbeddingsRequest {
  model: string
  input: unknown
}

function cachedTokens(prefix: string, cache: PromptCache): number {
  const tokens = countTokens(prefix)
  if (tokens < CACHE_MINIMUM_TOKENS || !cache.hit(prefix)) return 0
  return Math.floor(tokens / CACHE_STEP_TOKENS) * CACHE_STEP_TOKENS
}

export function chatCompletions(request: ChatRequest, id: string, cache: PromptCache): Reply {
  const system = textOf(
    request.messages.filter(({ role }) => role === 'system').map(({ content }) => content),
  )
  const prompt_tokens = countTokens(textOf(request.messages.map(({ content }) => content)))
  const completion_tokens = outputTokens(request.max_completion_tokens)
  const usage = {
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
    prompt_tokens_details: { cached_tokens: cachedTokens(system, cache), audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  }
  const envelope = {
    id: `chatcmpl-${id}`,
    created: 1_767_225_600,
    model: request.model,
    service_tier: 'default',
  }
  if (request.stream !== true) {
    const choice = {
      index: 0,
      message: { role: 'assistant', content: ANSWER, refusal: null },
      finish_reason: 'stop',
    }
    return { status: 200, json: { ...envelope, object: 'chat.completion', choices: [choice], usage } }
  }
  const chunk = (delta: object, finish_reason: string | null = null): ServerSentEvent => ({
    data: { ...envelope, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] },
  })
  const events = [
    chunk({ role: 'assistant', content: '' }),
    ...ANSWER_WORDS.map((word) => chunk({ content: `${word} ` })),
    chunk({}, 'stop'),
  ]
  if (request.stream_options?.include_usage === true) {
    events.push({ data: { ...envelope, object: 'chat.completion.chunk', choices: [], usage } })
  }
  return { status: 200, events: [...events, { data: '[DONE]' }] }
}

export function responses(request: ResponsesRequest, id: string, cache: PromptCache): Reply {
  const instructions = request.instructions ?? ''
  const input_tokens = countTokens(instructions + textOf(request.input))
  const output_tokens = outputTokens(request.max_output_tokens)
  const response = {
    id: `resp_${id}`,
    object: 'response',
    created_at: 1_767_225_600,
    model: request.model,
    service_tier: 'default',
    error: null,
    incomplete_details: null,
  }
  const completed = {
    ...response,
    status: 'completed',
    output: [
      {
        id: `msg_${id}`,
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: ANSWER, annotations: [] }],
      },
    ],
    usage: {
      input_tokens,
      input_tokens_details: { cached_tokens: cachedTokens(instructions, cache) },
      output_tokens,
      output_tokens_details: { reasoning_tokens: Math.floor(output_tokens / 3) },
      total_tokens: input_tokens + output_tokens,
    },
  }
  if (request.stream !== true) return { status: 200, json: completed }
  let sequence_number = 0
  const event = (type: string, fields: object): ServerSentEvent => ({
    event: type,
    data: { type, sequence_number: sequence_number++, ...fields },
  })
  const place = { item_id: `msg_${id}`, output_index: 0, content_index: 0 }
  return {
    status: 200,
    events: [
      event('response.created', {
        response: { ...response, status: 'in_progress', output: [], usage: null },
      }),
      ...ANSWER_WORDS.map((word) =>
        event('response.output_text.delta', { ...place, delta: `${word} `, logprobs: [] }),
      ),
      event('response.completed', { response: completed }),
    ],
  }
}

export function embeddings(request: EmbeddingsRequest): Reply {
  const inputs = Array.isArray(request.input) ? request.input : [request.input]
  const prompt_tokens = inputs.reduce<number>((sum, input) => sum + countTokens(textOf(input)), 0)
  const data = inputs.map((_, index) => ({ object: 'embedding', index, embedding: [0.25, -0.5, 0.125, 1] }))
  const usage = { prompt_tokens, total_tokens: prompt_tokens }
  return { status: 200, json: { object: 'list', data, model: request.model, usage } }
}
