import { describe, expect, test } from 'vitest'
import type { GenAiUsage } from '../src/flavors/types.ts'
import { readExchange, serverSentEvents } from './support/exchange.ts'

const USAGE = {
  input_tokens: 10,
  cache_read_input_tokens: 1000,
  cache_creation_input_tokens: 300,
  cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 },
  output_tokens: 50,
  output_tokens_details: { thinking_tokens: 20 },
  server_tool_use: { web_search_requests: 2, web_fetch_requests: 0, code_execution_requests: 1 },
  service_tier: 'priority',
  speed: 'fast',
  inference_geo: 'us',
}

const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  model: 'claude-opus-4-6',
  content: [],
  stop_reason: 'end_turn',
  usage: USAGE,
}

const READ = {
  id: 'msg_1',
  model: 'claude-opus-4-6',
  finishReasons: ['end_turn'],
  usage: {
    inputTokens: 1310,
    cacheReadTokens: 1000,
    cacheWriteTokens: 300,
    cacheWrite5mTokens: 100,
    cacheWrite1hTokens: 200,
    outputTokens: 50,
    reasoningTokens: 20,
  },
  serviceTier: 'priority',
  speed: 'fast',
  inferenceGeo: 'us',
  toolRequests: { web_search: 2, code_execution: 1 },
}

const ASKED = {
  call: 'POST /v1/messages',
  request: { model: 'claude-opus-4-6', max_tokens: 100, messages: [] },
}

describe('anthropic-messages', () => {
  test('what a compaction took stands beside the totals, which leave it out', () => {
    const compaction = {
      type: 'compaction',
      input_tokens: 60_000,
      cache_read_input_tokens: 385,
      output_tokens: 592,
    }
    const iterations = [compaction, { type: 'message', input_tokens: 682, output_tokens: 1320 }]
    const usage = { input_tokens: 682, output_tokens: 1320, iterations }
    const wanted = {
      inputTokens: 682,
      outputTokens: 1320,
      compactionInputTokens: 60_385,
      compactionCacheReadTokens: 385,
      compactionOutputTokens: 592,
    }
    const plain = readExchange({ ...ASKED, response: { ...MESSAGE, usage } })
    expect(plain.response).toMatchObject({ compacted: true, usage: wanted })
    const stream = readExchange({
      ...ASKED,
      response: serverSentEvents(
        { type: 'message_start', message: { ...MESSAGE, usage: { input_tokens: 682, output_tokens: 1 } } },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage },
      ),
    })
    expect(stream.response?.usage).toEqual(wanted)
  })

  test('what is refused before there is any output is not billed', () => {
    const refused = (output_tokens: number): GenAiUsage | undefined =>
      readExchange({
        ...ASKED,
        response: { ...MESSAGE, stop_reason: 'refusal', usage: { input_tokens: 18, output_tokens } },
      }).response?.usage
    expect(refused(0)).toEqual({
      inputTokens: 18,
      outputTokens: 0,
      billedInputTokens: 0,
      billedOutputTokens: 0,
    })
    expect(refused(5)).toEqual({ inputTokens: 18, outputTokens: 5 })
  })

  test('reads the parameters', () => {
    const { request } = readExchange({
      call: 'POST /v1/messages',
      request: {
        model: 'claude-opus-4-6',
        max_tokens: 100,
        messages: [],
        stream: true,
        temperature: 1,
        top_p: 0.9,
        top_k: 40,
        stop_sequences: ['END'],
        service_tier: 'auto',
        output_config: { effort: 'high', format: { type: 'json_schema' } },
      },
    })
    expect(request).toEqual({
      operation: 'chat',
      model: 'claude-opus-4-6',
      stream: true,
      maxTokens: 100,
      temperature: 1,
      topP: 0.9,
      topK: 40,
      stopSequences: ['END'],
      serviceTier: 'auto',
      outputType: 'json',
      reasoningEffort: 'high',
    })
  })

  test('a thread that goes on names the message before', () => {
    const thread = { type: 'continue', previous_message_id: 'msg_0' }
    const { request } = readExchange({ ...ASKED, request: { ...ASKED.request, thread } })
    expect(request?.previousResponseId).toBe('msg_0')
  })

  test('counts what was read from and written to the cache as input', () => {
    expect(readExchange({ ...ASKED, response: MESSAGE }).response).toEqual(READ)
  })

  test('lets message_delta override message_start, where it states something', () => {
    const started = {
      ...USAGE,
      input_tokens: 1,
      output_tokens: 1,
      output_tokens_details: null,
      server_tool_use: null,
    }
    const { cache_creation, service_tier, speed, inference_geo, ...last } = USAGE
    const response = serverSentEvents(
      { type: 'message_start', message: { ...MESSAGE, stop_reason: null, usage: started } },
      { type: 'content_block_delta', delta: { text: '"usage"' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { ...last, cache_creation: null } },
      { type: 'ping' },
      { type: 'message_stop' },
    )
    expect(readExchange({ ...ASKED, response }).response).toEqual(READ)
  })

  test('reads why a stream ended where its message_delta counts nothing', () => {
    const usage = { input_tokens: 0, output_tokens: 0 }
    const response = serverSentEvents(
      { type: 'message_start', message: { id: 'guardrails-1', usage } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
      { type: 'message_stop', trace: { guardrail: { usage: { topicPolicyUnits: 1 } } } },
    )
    expect(readExchange({ ...ASKED, response }).response).toEqual({
      id: 'guardrails-1',
      finishReasons: ['end_turn'],
      usage: { inputTokens: 0, outputTokens: 0 },
    })
  })

  test('puts together what several message_deltas state, the last one first', () => {
    const { finishReasons, usage } = readExchange({
      ...ASKED,
      response: serverSentEvents(
        { type: 'message_start', message: { id: 'msg_1', usage: { input_tokens: 0, output_tokens: 0 } } },
        {
          type: 'message_delta',
          delta: { stop_reason: 'tool_use' },
          usage: { input_tokens: 5, cache_read_input_tokens: 90, output_tokens: 30 },
        },
        { type: 'message_delta', delta: { stop_reason: null }, usage: { output_tokens: 35 } },
        { type: 'message_stop' },
      ),
    }).response!
    expect(finishReasons).toEqual(['tool_use'])
    expect(usage).toEqual({ inputTokens: 95, cacheReadTokens: 90, outputTokens: 35 })
  })

  test('takes a cost that a reseller states, in a body and in a stream', () => {
    const usage = { input_tokens: 3, output_tokens: 4, cost: 0.25 }
    const streamed = serverSentEvents(
      { type: 'message_start', message: { id: 'msg_1', usage: { input_tokens: 3, output_tokens: 1 } } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage },
      { type: 'message_stop' },
    )
    for (const response of [{ id: 'msg_1', stop_reason: 'end_turn', usage }, streamed]) {
      expect(readExchange({ ...ASKED, response }).response).toEqual({
        id: 'msg_1',
        finishReasons: ['end_turn'],
        usage: { inputTokens: 3, outputTokens: 4 },
        declaredCost: { amount: 0.25, currency: 'USD' },
      })
    }
  })

  test('of a stream that breaks off with an error, states the input and no output', () => {
    const response = serverSentEvents(
      {
        type: 'message_start',
        message: { id: 'msg_1', model: 'claude-opus-4-6', usage: { input_tokens: 10, output_tokens: 1 } },
      },
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    )
    expect(readExchange({ ...ASKED, response }).response).toEqual({
      id: 'msg_1',
      model: 'claude-opus-4-6',
      usage: { inputTokens: 10 },
      error: { type: 'overloaded_error', message: 'Overloaded' },
    })
  })

  test('is read where the messages stand behind a system prompt longer than what is held', () => {
    const read = readExchange({
      call: 'POST /v1/messages',
      requestHeaders: { 'anthropic-version': '2023-06-01' },
      request: '{"model":"claude-opus-4-6","max_tokens":100,"system":"You are',
      response: MESSAGE,
    })
    expect(read.request).toEqual({ operation: 'chat', model: 'claude-opus-4-6', maxTokens: 100 })
    expect(read.response).toEqual(READ)
  })

  test.each([{ to: 'x', text: 'y' }, { messages: [{ content: 'x', destination_number: '+61491570156' }] }])(
    'is not read where the body is of another kind',
    (request) => {
      expect(readExchange({ call: 'POST /v1/messages', request }).request).toBeUndefined()
    },
  )

  test('reads the same on Vertex AI, the model in the path', () => {
    const { request, response } = readExchange({
      call: 'POST /v1/projects/p/locations/us-east5/publishers/anthropic/models/claude-opus-4-6@20260101:rawPredict',
      request: { anthropic_version: 'vertex-2023-10-16', max_tokens: 5, messages: [] },
      response: MESSAGE,
    })
    expect(request).toEqual({ operation: 'chat', model: 'claude-opus-4-6@20260101', maxTokens: 5 })
    expect(response).toEqual(READ)
  })

  test.each([':rawPredict', ':streamRawPredict'])("reads Vertex AI's own errors of %s, in a list", (verb) => {
    const { response } = readExchange({
      call: `POST /v1/projects/p/locations/l/publishers/anthropic/models/claude-opus-4-6@20260101${verb}`,
      request: { anthropic_version: 'vertex-2023-10-16', max_tokens: 5, messages: [] },
      status: 429,
      response: [{ error: { code: 429, message: 'Quota exceeded', status: 'RESOURCE_EXHAUSTED' } }],
    })
    expect(response?.error).toEqual({ type: 'RESOURCE_EXHAUSTED', message: 'Quota exceeded' })
  })

  test("what a container of one's own on Vertex AI predicts is no call", () => {
    const { request } = readExchange({
      call: 'POST https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/1:rawPredict',
      request: { instances: [{ age: 41 }] },
    })
    expect(request).toBeUndefined()
  })
})

describe('anthropic-dreams', () => {
  const requestHeaders = { 'anthropic-version': '2023-06-01' }
  const dream = {
    id: 'drm_1',
    type: 'dream',
    session_id: 'sesn_1',
    model: { id: 'claude-opus-5', speed: 'standard' },
  }
  const usage = {
    input_tokens: 10,
    cache_read_input_tokens: 90,
    cache_creation_input_tokens: 0,
    output_tokens: 5,
  }
  const known = { id: 'drm_1', model: 'claude-opus-5', speed: 'standard', conversationId: 'sesn_1' }

  test('is asked for first', () => {
    const read = readExchange({
      call: 'POST /v1/dreams',
      requestHeaders,
      request: { model: { id: 'claude-opus-5' }, inputs: [] },
      response: { ...dream, status: 'pending', usage: { input_tokens: 0, output_tokens: 0 }, error: null },
    })
    expect(read).toEqual({
      flavor: 'anthropic-dreams',
      request: { operation: 'invoke_agent', background: true, model: 'claude-opus-5' },
      response: { ...known, status: 'pending' },
    })
  })

  test.each([
    ['running', {}],
    [
      'completed',
      {
        fetched: {
          usage: { inputTokens: 100, cacheReadTokens: 90, cacheWriteTokens: 0, outputTokens: 5 },
        },
      },
    ],
  ])('has its tokens once it has ended: %s', (status, wanted) => {
    const read = readExchange({
      call: 'GET /v1/dreams/drm_1',
      requestHeaders,
      response: { ...dream, status, usage, error: null },
    })
    expect(read.request).toEqual({ operation: 'fetch_response', responseId: 'drm_1' })
    expect(read.response).toEqual({ ...known, status, ...wanted })
  })
})

describe('anthropic-message-batches', () => {
  const line = (message: object | undefined): string =>
    JSON.stringify({
      custom_id: 'x',
      result: message ? { type: 'succeeded', message } : { type: 'errored' },
    })
  const results = (...messages: (object | undefined)[]): ReturnType<typeof readExchange> =>
    readExchange({
      call: 'GET /v1/messages/batches/msgbatch_1/results',
      response: [...messages.map(line), ''].join('\n'),
    })
  const DOUBLED = {
    inputTokens: 2620,
    cacheReadTokens: 2000,
    cacheWriteTokens: 600,
    cacheWrite5mTokens: 200,
    cacheWrite1hTokens: 400,
    outputTokens: 100,
    reasoningTokens: 40,
  }

  test('reports the sum of what the results used, tools among it, as batch', () => {
    const { request, response } = results(MESSAGE, undefined, MESSAGE)
    expect(request).toEqual({ operation: 'fetch_batch_results', batch: true })
    expect(response).toEqual({
      model: 'claude-opus-4-6',
      batch: true,
      inferenceGeo: 'us',
      usage: DOUBLED,
      toolRequests: { web_search: 4, code_execution: 2 },
    })
  })

  test('with more than one model, the sum says what is whose', () => {
    const { response } = results(MESSAGE, { ...MESSAGE, model: 'claude-haiku-4-5' })
    expect(response).toEqual({
      batch: true,
      inferenceGeo: 'us',
      usage: DOUBLED,
      furtherUsage: [
        { model: 'claude-opus-4-6', included: true, usage: READ.usage },
        { model: 'claude-haiku-4-5', included: true, usage: READ.usage },
      ],
      toolRequests: { web_search: 4, code_execution: 2 },
    })
  })
})
