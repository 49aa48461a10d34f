import { describe, expect, test } from 'vitest'
import { readResponse } from '../src/call/read-exchange.ts'
import { responseAttributes } from '../src/call/response-attributes.ts'
import { openaiResponses } from '../src/flavors/openai-responses.ts'
import type { GenAiResponse } from '../src/flavors/types.ts'
import { edgesOf, readExchange, serverSentEvents } from './support/exchange.ts'

const plain = (body: object): object => body

function attributesOf(response: GenAiResponse | undefined, version: '1.41' | 'dev' = '1.41'): object {
  return responseAttributes(response!, { operation: 'chat', flavor: 'any', version })
}

function furtherModels(response: GenAiResponse | undefined): unknown {
  return JSON.parse(Object(attributesOf(response))['spanmeter.usage.further_models'] ?? 'null')
}

describe('a model that declined to go on', () => {
  const attempt = (type: string, model: string, output: number): object => ({
    type,
    model,
    input_tokens: 100,
    cache_read_input_tokens: 0,
    cache_creation_input_tokens: 0,
    output_tokens: output,
  })
  const begun = attempt('message', 'claude-fable-5', 7)
  const answered = attempt('fallback_message', 'claude-opus-4-8', 80)
  const further = [
    {
      model: 'claude-fable-5',
      input_tokens: 100,
      output_tokens: 7,
      'cache_read.input_tokens': 0,
      'cache_write.input_tokens': 0,
    },
  ]
  const streamOf = (iterations: object[], stop_reason = 'end_turn'): string =>
    serverSentEvents(
      {
        type: 'message_start',
        message: { id: 'msg_1', model: 'claude-fable-5', usage: { input_tokens: 100, output_tokens: 1 } },
      },
      {
        type: 'message_delta',
        delta: { stop_reason },
        usage: { input_tokens: 100, output_tokens: 80, iterations },
      },
      { type: 'message_stop' },
    )

  test.each([
    ['is billed beside the one that answered', [begun, answered], further],
    ['before it had put out anything is not', [attempt('message', 'claude-fable-5', 0), answered], null],
    ['in an earlier turn leaves the answer to the other', [answered], null],
  ])('%s, whose name and totals are those of the stream', (_, iterations, wanted) => {
    const { response } = readExchange({
      call: 'POST /v1/messages',
      request: { model: 'claude-fable-5', messages: [], stream: true },
      response: streamOf(iterations),
    })
    expect(response?.model).toBe('claude-opus-4-8')
    expect(response?.usage).toEqual({ inputTokens: 100, outputTokens: 80 })
    expect(furtherModels(response)).toEqual(wanted)
  })

  test('is billed where nobody went on', () => {
    const { response } = readExchange({
      call: 'POST /v1/messages',
      request: { model: 'claude-fable-5', messages: [], stream: true },
      response: streamOf([begun, attempt('message', 'claude-opus-4-8', 80)], 'refusal'),
    })
    expect(response?.model).toBe('claude-opus-4-8')
    expect(furtherModels(response)).toEqual(further)
  })
})

describe("an advisor's usage", () => {
  const iteration = (
    type: string,
    model: string | null,
    input: number,
    output: number,
    read = 0,
  ): object => ({
    type,
    model,
    input_tokens: input,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: output,
  })
  const usage = {
    input_tokens: 2_000,
    output_tokens: 120,
    server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
    iterations: [
      iteration('message', null, 900, 90),
      iteration('advisor_message', 'claude-opus-4-8', 1_500, 22, 1_000),
      iteration('message', 'claude-sonnet-5', 1_100, 30),
      iteration('advisor_message', 'claude-opus-4-8', 2_600, 40),
    ],
  }
  const message = {
    id: 'msg_1',
    model: 'claude-sonnet-5',
    type: 'message',
    content: [],
    stop_reason: 'end_turn',
  }
  const streamed = serverSentEvents(
    {
      type: 'message_start',
      message: { ...message, stop_reason: null, usage: { input_tokens: 900, output_tokens: 1 } },
    },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage },
    { type: 'message_stop' },
  )

  test.each([
    ['a message', { ...message, usage }],
    ['a streamed one', streamed],
  ])('stands beside the totals of %s, with its model, once for each time it was asked', (_, response) => {
    const read = readExchange({ call: 'POST /v1/messages', request: { messages: [], model: 'm' }, response })
    expect(attributesOf(read.response)).toEqual({
      'gen_ai.response.id': 'msg_1',
      'gen_ai.response.model': 'claude-sonnet-5',
      'gen_ai.response.finish_reasons': ['end_turn'],
      'gen_ai.usage.input_tokens': 2_000,
      'gen_ai.usage.output_tokens': 120,
      'spanmeter.usage.further_models': expect.any(String),
    })
    const none = {
      'cache_write.input_tokens': 0,
      'cache_write_5m.input_tokens': 0,
      'cache_write_1h.input_tokens': 0,
    }
    expect(furtherModels(read.response)).toEqual([
      {
        model: 'claude-opus-4-8',
        input_tokens: 2_500,
        'cache_read.input_tokens': 1_000,
        ...none,
        output_tokens: 22,
      },
      {
        model: 'claude-opus-4-8',
        input_tokens: 2_600,
        'cache_read.input_tokens': 0,
        ...none,
        output_tokens: 40,
      },
    ])
  })

  test('stands, added up, beside the sum of the results of a batch', () => {
    const line = JSON.stringify({ result: { type: 'succeeded', message: { ...message, usage } } })
    const { response } = readExchange({
      call: 'GET /v1/messages/batches/msgbatch_1/results',
      response: [line, line].join('\n'),
    })
    expect(response).toMatchObject({ usage: { inputTokens: 4_000, outputTokens: 240 } })
    expect(response?.furtherUsage?.map(({ usage: { outputTokens } }) => outputTokens)).toEqual([124])
  })
})

describe('the usage of the model that makes images', () => {
  const response = {
    id: 'resp_1',
    status: 'completed',
    model: 'gpt-5',
    output: [{ type: 'image_generation_call', result: 'AAAA' }],
    tool_usage: {
      image_gen: {
        input_tokens: 300,
        input_tokens_details: { image_tokens: 200, text_tokens: 100 },
        cached_tokens: 60,
        cached_tokens_details: { cached_image_tokens: 50, cached_text_tokens: 10 },
        output_tokens: 1_000,
        output_tokens_details: { image_tokens: 990, text_tokens: 10 },
        total_tokens: 1_300,
      },
      web_search: { num_requests: 0 },
    },
    tools: [
      { type: 'function', name: 'f' },
      { type: 'image_generation', model: 'gpt-image-2' },
    ],
    usage: { input_tokens: 90, output_tokens: 10, total_tokens: 100 },
  }
  const asStream = (document: object): string =>
    serverSentEvents(
      {
        type: 'response.created',
        response: { ...response, status: 'in_progress', output: [], usage: null, tool_usage: null },
      },
      { type: 'response.completed', response: document },
    )
  const call = 'POST /v1/responses'
  const request = { model: 'gpt-5', input: '' }
  const images = {
    input_tokens: 300,
    'cache_read.input_tokens': 60,
    'image.input_tokens': 200,
    'image.cache_read.input_tokens': 50,
    output_tokens: 1_000,
    'image.output_tokens': 990,
  }

  test.each([
    ['a response', plain],
    ['a streamed one', asStream],
  ])('stands beside that of %s, whose tool is billed by nothing else', (_, written) => {
    const read = readExchange({ call, request, response: written(response) })
    expect(attributesOf(read.response)).toEqual({
      'gen_ai.response.id': 'resp_1',
      'gen_ai.response.model': 'gpt-5',
      'gen_ai.usage.input_tokens': 90,
      'gen_ai.usage.output_tokens': 10,
      'spanmeter.usage.further_models': expect.any(String),
    })
    expect(furtherModels(read.response)).toEqual([{ model: 'gpt-image-2', ...images }])
    expect(Object(attributesOf(read.response, 'dev'))['spanmeter.usage.further_models']).toBe(
      Object(attributesOf(read.response))['spanmeter.usage.further_models'],
    )
  })

  test.each([
    ['a response', plain],
    [
      'a streamed one',
      (document: object) => serverSentEvents({ type: 'response.completed', response: document }),
    ],
  ])('is found behind the images of %s too large to be held whole', (_, written) => {
    const large = { ...response, output: [{ type: 'image_generation_call', result: 'A'.repeat(5_000) }] }
    const read = readResponse(openaiResponses, edgesOf(written(large), 600), { operation: 'chat' })
    expect(furtherModels(read)).toEqual([{ model: 'gpt-image-2', ...images }])
  })

  test('is all images where it is not itemised, and names no model where the response names none', () => {
    const tool_usage = { image_gen: { input_tokens: 20, output_tokens: 1_000, total_tokens: 1_020 } }
    const read = readExchange({ call, request, response: { ...response, tool_usage, tools: [] } })
    expect(furtherModels(read.response)).toEqual([
      { input_tokens: 20, output_tokens: 1_000, 'image.output_tokens': 1_000 },
    ])
  })

  test.each([
    ['is zero', { image_gen: { input_tokens: 0, output_tokens: 0, total_tokens: 0 } }],
    ['is not stated', undefined],
  ])('leaves the images to be counted where it %s', (_, tool_usage) => {
    const read = readExchange({ call, request, response: { ...response, tool_usage } })
    expect(read.response).toMatchObject({ toolRequests: { image_generation: 1 } })
    expect(furtherModels(read.response)).toBeNull()
  })

  test('is set apart where the response is fetched', () => {
    const read = readExchange({ call: 'GET /v1/responses/resp_1', response })
    const { fetched, ...said } = read.response ?? {}
    expect(said).toEqual({ id: 'resp_1', model: 'gpt-5', status: 'completed' })
    expect(fetched?.furtherUsage).toMatchObject([{ model: 'gpt-image-2' }])
  })
})

describe("the usage of the models behind Groq's Compound", () => {
  const usage = { prompt_tokens: 500, completion_tokens: 110, total_tokens: 610 }
  const models = [
    {
      model: 'llama-3.3-70b-versatile',
      usage: { prompt_tokens: 300, completion_tokens: 10, total_tokens: 310 },
    },
    {
      model: 'openai/gpt-oss-120b',
      usage: {
        prompt_tokens: 200,
        completion_tokens: 100,
        completion_tokens_details: { reasoning_tokens: 80 },
      },
    },
  ]
  const completion = (message: object, rest: object): object => ({
    id: 'c1',
    model: 'groq/compound',
    choices: [{ index: 0, ...message, finish_reason: 'stop' }],
    ...rest,
  })
  const chat = completion(
    { message: { content: 'x' } },
    { usage, usage_breakdown: { models }, x_groq: { id: 'req_1' } },
  )
  const streamed = serverSentEvents(
    {
      id: 'c1',
      model: 'groq/compound',
      choices: [{ index: 0, delta: { content: 'x' }, finish_reason: null }],
    },
    completion({ delta: {} }, { x_groq: { id: 'req_1', usage, usage_breakdown: { models } } }),
  )
  const withUsageRequested = serverSentEvents(
    completion({ delta: {} }, { x_groq: { id: 'req_1', usage, usage_breakdown: { models } } }),
    { id: 'c1', model: 'groq/compound', choices: [], usage },
  )

  test.each([
    ['a completion', chat],
    ['a streamed one', streamed],
    ['a stream that was asked for its usage', withUsageRequested],
  ])('is said to be in the totals of %s', (_, response) => {
    const call = 'POST https://api.groq.com/openai/v1/chat/completions'
    const read = readExchange({ call, request: { messages: [] }, response })
    expect(attributesOf(read.response)).toEqual({
      'gen_ai.response.id': 'c1',
      'gen_ai.response.model': 'groq/compound',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.output_tokens': 110,
      'spanmeter.usage.further_models': JSON.stringify([
        { model: 'llama-3.3-70b-versatile', included: true, input_tokens: 300, output_tokens: 10 },
        {
          model: 'openai/gpt-oss-120b',
          included: true,
          input_tokens: 200,
          output_tokens: 100,
          'reasoning.output_tokens': 80,
        },
      ]),
    })
  })

  test('is unknown where the breakdown lists none', () => {
    const call = 'POST https://api.groq.com/openai/v1/chat/completions'
    for (const usage_breakdown of [null, { models: null }, { models: [] }]) {
      const response = completion({ message: { content: 'x' } }, { usage, usage_breakdown })
      expect(furtherModels(readExchange({ call, request: { messages: [] }, response }).response)).toBeNull()
    }
  })
})

describe('the usage of the model that writes an SVG down', () => {
  const svg_usage = {
    model: 'gpt-5.6-luna',
    input_tokens: 700,
    output_tokens: 400,
    reasoning_tokens: 150,
    total_tokens: 1_100,
  }
  const further = [
    { model: 'gpt-5.6-luna', input_tokens: 700, output_tokens: 400, 'reasoning.output_tokens': 150 },
  ]

  test('stands beside that of the one that drew it', () => {
    const read = readExchange({
      call: 'POST /v1/images/generations',
      request: { model: 'gpt-image-2.6-flare', prompt: 'A cat', output_format: 'svg' },
      response: { data: [{}], svg_usage, usage: { input_tokens: 9, output_tokens: 90, total_tokens: 99 } },
    })
    expect(read.response?.usage).toEqual({ inputTokens: 9, outputTokens: 90, images: 1 })
    expect(furtherModels(read.response)).toEqual(further)
  })

  test('stands beside that of the response which has it done', () => {
    const read = readExchange({
      call: 'POST /v1/responses',
      request: { model: 'gpt-5.6', input: 'A cat' },
      response: {
        output: [{ type: 'image_generation_call', svg_usage }],
        usage: { input_tokens: 9, output_tokens: 8 },
      },
    })
    expect(read.response?.usage).toEqual({ inputTokens: 9, outputTokens: 8 })
    expect(furtherModels(read.response)).toEqual(further)
  })
})

describe("what Sakana's models use among themselves", () => {
  const host = 'https://api.sakana.ai'
  const input = {
    cached_tokens: 2,
    orchestration_input_tokens: 5_463,
    orchestration_input_cached_tokens: 63,
  }
  const output = { orchestration_output_tokens: 1_053 }
  const totals = { input_tokens: 600, output_tokens: 134, total_tokens: 7_250 }
  const usage = { ...totals, input_tokens_details: input, output_tokens_details: output }
  const completion = {
    model: 'fugu-ultra-20260615',
    choices: [],
    usage: {
      prompt_tokens: 600,
      completion_tokens: 134,
      total_tokens: 7_250,
      prompt_tokens_details: input,
      completion_tokens_details: output,
    },
  }

  test.each([
    [
      'a response',
      { call: `POST ${host}/v1/responses`, request: { input: '' } },
      { model: 'fugu-ultra-20260615', usage },
    ],
    [
      'a streamed completion',
      { call: `POST ${host}/v1/chat/completions`, request: { messages: [] } },
      serverSentEvents(completion),
    ],
  ])('is billed as more of the same beside the usage of %s', (_, asked, response) => {
    const read = readExchange({ ...asked, response })
    expect(read.response?.usage).toEqual({ inputTokens: 600, cacheReadTokens: 2, outputTokens: 134 })
    expect(furtherModels(read.response)).toEqual([
      {
        model: 'fugu-ultra-20260615',
        input_tokens: 5_463,
        'cache_read.input_tokens': 63,
        output_tokens: 1_053,
      },
    ])
  })

  test('is nothing where they had nothing to say to each other', () => {
    const none = { orchestration_input_tokens: 0, orchestration_input_cached_tokens: 0 }
    const response = { model: 'fugu', usage: { ...totals, input_tokens_details: none } }
    const read = readExchange({ call: `POST ${host}/v1/responses`, request: { input: '' }, response })
    expect(furtherModels(read.response)).toBeNull()
  })
})
