import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { listen } from './listen.ts'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface StandIn {
  readonly url: string
  /** What reached it, since the last `forget`. */
  readonly seen: SeenRequest[]
  forget(): void
  close(): Promise<void>
}

/** How a scenario steers the stand-in, by the model it asks for. */
const FAILURES: Readonly<Record<string, number>> = { 'fails-401': 401, 'fails-429': 429, 'fails-500': 500 }

/** A stand-in for OpenAI and Anthropic: what it answers depends on the request alone, and the attempt. */
export async function startStandIn(): Promise<StandIn> {
  const seen: SeenRequest[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body })
      answer(request, body, response)
    })
  })
  return {
    url: await listen(server),
    seen,
    forget: () => void seen.splice(0),
    close: () => closeServer(server),
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks).toString('utf8')
}

function answer(request: IncomingMessage, text: string, response: ServerResponse): unknown {
  const path = new URL(request.url ?? '/', 'http://stand-in').pathname
  const body = parse(text)
  const model = typeof body.model === 'string' ? body.model : 'unknown'
  const retry = Number(request.headers['x-stainless-retry-count'] ?? 0)
  const failure = FAILURES[model] ?? (model === 'fails-once' && retry === 0 ? 503 : undefined)
  if (failure !== undefined) return fail(response, path, failure)
  if (model === 'hangs') return
  if (model === 'silent')
    return response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
  if (model === 'cut') return cut(response)
  if (path.endsWith('/messages'))
    return body.stream === true ? messageStream(response, model) : json(response, message(model))
  if (path.endsWith('/messages/count_tokens')) return json(response, { input_tokens: 14 })
  if (path.endsWith('/responses'))
    return body.stream === true ? responseStream(response, model) : json(response, openaiResponse(model))
  if (path.endsWith('/embeddings')) return json(response, embeddings(model))
  if (path.endsWith('/models'))
    return json(response, { object: 'list', data: [{ id: 'gpt-4.1', object: 'model' }] })
  if (path.endsWith('/images/generations')) return json(response, images())
  if (path.endsWith('/moderations')) return json(response, moderation(model))
  if (path.endsWith('/completions') && !path.endsWith('/chat/completions'))
    return json(response, textCompletion(model))
  if (path.endsWith('/audio/speech')) return speech(response)
  if (path.endsWith('/audio/transcriptions'))
    return json(response, {
      text: 'hello',
      usage: { type: 'tokens', input_tokens: 14, output_tokens: 3, total_tokens: 17 },
    })
  if (path.endsWith('/chat/completions'))
    return body.stream === true ? chatStream(response, body, model) : json(response, chat(body, model))
  response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"no such path"}}')
}

type Json = Record<string, unknown>

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return {}
  }
}

function json(response: ServerResponse, body: Json): void {
  response
    .writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'req_1' })
    .end(JSON.stringify(body))
}

function fail(response: ServerResponse, path: string, status: number): void {
  const error = {
    message: `failed with ${status}`,
    type: `type_${status}`,
    code: `code_${status}`,
    param: null,
  }
  const body = path.endsWith('/messages') ? { type: 'error', error } : { error }
  response
    .writeHead(status, { 'content-type': 'application/json', 'retry-after-ms': '1' })
    .end(JSON.stringify(body))
}

/** The connection breaks in the middle of a stream. */
function cut(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(`data: ${JSON.stringify(chunk('cut', { content: 'Hel' }))}\n\n`, () => response.destroy())
}

const CHAT_USAGE = {
  prompt_tokens: 1000,
  completion_tokens: 200,
  total_tokens: 1200,
  prompt_tokens_details: { cached_tokens: 768, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 64, audio_tokens: 0 },
}

function chat(body: Json, model: string): Json {
  const tools = Array.isArray(body.tools)
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: 'get_weather', arguments: '{"city":"Bern"}' },
  }
  const content = body.response_format === undefined ? 'Hello there' : '{"answer":"yes"}'
  const reply = tools
    ? { role: 'assistant', content: null, refusal: null, tool_calls: [call] }
    : { role: 'assistant', content, refusal: null }
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: `${model}-2026`,
    choices: [{ index: 0, message: reply, logprobs: null, finish_reason: tools ? 'tool_calls' : 'stop' }],
    usage: CHAT_USAGE,
    service_tier: 'default',
  }
}

function chunk(model: string, delta: Json, finish: string | null = null): Json {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: `${model}-2026`,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  }
}

function chatStream(response: ServerResponse, body: Json, model: string): void {
  const events: Json[] = []
  if (Array.isArray(body.tools)) {
    events.push(
      chunk(model, {
        role: 'assistant',
        tool_calls: [
          { index: 0, id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '' } },
        ],
      }),
    )
    for (const part of ['{"city"', ':"Bern"}'])
      events.push(chunk(model, { tool_calls: [{ index: 0, function: { arguments: part } }] }))
    events.push(chunk(model, {}, 'tool_calls'))
  } else {
    events.push(chunk(model, { role: 'assistant', content: '' }))
    const text = body.response_format === undefined ? ['Hello', ' there', ' ✓'] : ['{"answer":', '"yes"}']
    for (const content of text) events.push(chunk(model, { content }))
    events.push(chunk(model, {}, 'stop'))
  }
  const wantsUsage = (body.stream_options as Json | undefined)?.include_usage === true
  if (wantsUsage) events.push({ ...chunk(model, {}), choices: [], usage: CHAT_USAGE })
  serverSentEvents(
    response,
    events.map((event) => ({ data: event })),
    '[DONE]',
  )
}

function serverSentEvents(
  response: ServerResponse,
  events: readonly { event?: string; data: Json }[],
  last?: string,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  const texts = events.map(
    ({ event, data }) => `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`,
  )
  if (last !== undefined) texts.push(`data: ${last}\n\n`)
  const next = (): void => {
    const text = texts.shift()
    if (text === undefined) response.end()
    else response.write(text, () => setImmediate(next))
  }
  next()
}

function textCompletion(model: string): Json {
  return {
    id: 'cmpl-1',
    object: 'text_completion',
    created: 1,
    model,
    choices: [{ text: 'hi', index: 0, logprobs: null, finish_reason: 'stop' }],
    usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
  }
}

function embeddings(model: string): Json {
  return {
    object: 'list',
    data: [{ object: 'embedding', index: 0, embedding: [0.5, 0.25] }],
    model,
    usage: { prompt_tokens: 7, total_tokens: 7 },
  }
}

function images(): Json {
  return {
    created: 1,
    data: [{ b64_json: 'aGk=' }],
    usage: {
      input_tokens: 10,
      output_tokens: 1056,
      total_tokens: 1066,
      input_tokens_details: { text_tokens: 10, image_tokens: 0 },
    },
  }
}

function moderation(model: string): Json {
  return { id: 'modr-1', model, results: [{ flagged: false, categories: {}, category_scores: {} }] }
}

function speech(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(Buffer.from([0xff, 0xfb, 0x90, 0x00]))
}

export const RESPONSE_USAGE = {
  input_tokens: 1000,
  input_tokens_details: { cached_tokens: 768 },
  output_tokens: 200,
  output_tokens_details: { reasoning_tokens: 64 },
  total_tokens: 1200,
}

function openaiResponse(model: string, status = 'completed'): Json {
  const text = { type: 'output_text', text: '{"answer":"yes"}', annotations: [], logprobs: [] }
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1,
    status,
    error: null,
    incomplete_details: null,
    instructions: null,
    model: `${model}-2026`,
    output:
      status === 'completed'
        ? [{ id: 'msg_1', type: 'message', status: 'completed', role: 'assistant', content: [text] }]
        : [],
    parallel_tool_calls: true,
    tools: [],
    ...(status === 'completed' && { usage: RESPONSE_USAGE }),
  }
}

function responseStream(response: ServerResponse, model: string): void {
  const whole = openaiResponse(model)
  const item = (whole.output as Json[])[0]!
  const part = (item.content as Json[])[0]!
  const where = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const events: Json[] = [
    { type: 'response.created', response: openaiResponse(model, 'in_progress') },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...item, status: 'in_progress', content: [] },
    },
    { type: 'response.content_part.added', ...where, part: { ...part, text: '' } },
    { type: 'response.output_text.delta', ...where, delta: '{"answer":', logprobs: [] },
    { type: 'response.output_text.delta', ...where, delta: '"yes"}', logprobs: [] },
    { type: 'response.output_text.done', ...where, text: part.text, logprobs: [] },
    { type: 'response.content_part.done', ...where, part },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: whole },
  ]
  serverSentEvents(
    response,
    events.map((data, index) => ({ event: String(data.type), data: { ...data, sequence_number: index } })),
  )
}

const MESSAGE_USAGE = {
  input_tokens: 50,
  cache_creation_input_tokens: 300,
  cache_read_input_tokens: 2000,
  output_tokens: 120,
  service_tier: 'standard',
}

function message(model: string): Json {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: 'Hello there' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: MESSAGE_USAGE,
  }
}

function messageStream(response: ServerResponse, model: string): void {
  const start = {
    ...message(model),
    content: [],
    stop_reason: null,
    usage: { ...MESSAGE_USAGE, output_tokens: 1 },
  }
  const events: Json[] = [
    { type: 'message_start', message: start },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'ping' },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' there' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 120 },
    },
    { type: 'message_stop' },
  ]
  serverSentEvents(
    response,
    events.map((data) => ({ event: String(data.type), data })),
  )
}
