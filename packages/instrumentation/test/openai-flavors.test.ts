import { describe, expect, test } from 'vitest'
import { openaiChatCompletions } from '../src/flavors/openai-chat-completions.ts'
import { openaiResponses } from '../src/flavors/openai-responses.ts'
import { openaiTranscriptions } from '../src/flavors/openai-transcriptions.ts'
import { edgesOf, readExchange, serverSentEvents } from './support/exchange.ts'

const CHAT = {
  id: 'chatcmpl-1',
  model: 'gpt-5-2025-08-07',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
}

describe('openai-chat-completions', () => {
  test('reads the parameters, the usage with its parts and the tier that served', () => {
    const { request, response } = readExchange({
      call: 'POST https://api.openai.com/v1/chat/completions',
      request: {
        messages: [{ role: 'user', content: 'Hi' }],
        model: 'gpt-5',
        n: 2,
        max_completion_tokens: 100,
        temperature: 0.5,
        top_p: 0.9,
        seed: 7,
        stop: 'END',
        frequency_penalty: 0.1,
        presence_penalty: 0.2,
        reasoning_effort: 'low',
        service_tier: 'auto',
        response_format: { type: 'json_schema', json_schema: {} },
        web_search_options: { search_context_size: 'high' },
      },
      response: {
        ...CHAT,
        choices: [...CHAT.choices, { index: 1, message: {}, finish_reason: 'length' }],
        service_tier: 'priority',
        system_fingerprint: 'fp_1',
        usage: {
          prompt_tokens: 100,
          completion_tokens: 50,
          total_tokens: 150,
          prompt_tokens_details: { cached_tokens: 60, audio_tokens: 10, cache_write_tokens: 5 },
          completion_tokens_details: { reasoning_tokens: 30, audio_tokens: 4 },
        },
      },
    })
    expect(request).toEqual({
      operation: 'chat',
      model: 'gpt-5',
      choiceCount: 2,
      maxTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      seed: 7,
      stopSequences: ['END'],
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      reasoningEffort: 'low',
      serviceTier: 'auto',
      outputType: 'json',
      searchContextSize: 'high',
    })
    expect(response).toEqual({
      id: 'chatcmpl-1',
      model: 'gpt-5-2025-08-07',
      finishReasons: ['stop', 'length'],
      serviceTier: 'priority',
      systemFingerprint: 'fp_1',
      usage: {
        inputTokens: 100,
        cacheReadTokens: 60,
        cacheWriteTokens: 5,
        outputTokens: 50,
        reasoningTokens: 30,
        audioInputTokens: 10,
        audioOutputTokens: 4,
      },
    })
  })

  test('knows whether the usage of a stream was asked for', () => {
    const streamed = (options: object): unknown =>
      readExchange({
        call: 'POST /v1/chat/completions',
        request: { model: 'm', messages: [], stream: true, ...options },
      }).request?.streamUsageRequested
    expect(streamed({})).toBe(false)
    expect(streamed({ stream_options: { include_usage: true } })).toBe(true)
  })

  test.each([
    { prompt_tokens_details: { cache_creation_tokens: 30 } },
    { prompt_tokens_details: { cache_creation_input_tokens: 30 } },
    { prompt_tokens_details: { cache_write_tokens: 30 } },
    { prompt_tokens_details: { caching_tokens: 30 } },
    { cache_creation_input_tokens: 30 },
  ])('what was written to the cache, as %j', (written) => {
    const { response } = readExchange({
      call: 'POST /v1/chat/completions',
      request: { messages: [] },
      response: { ...CHAT, usage: { prompt_tokens: 40, completion_tokens: 1, ...written } },
    })
    expect(response?.usage).toEqual({ inputTokens: 40, outputTokens: 1, cacheWriteTokens: 30 })
  })

  test('what was written to the cache for twelve hours', () => {
    const { response } = readExchange({
      call: 'POST /v1/responses',
      request: { model: 'gpt-6.1-sol', input: 'Hi' },
      response: {
        id: 'resp_1',
        object: 'response',
        output: [],
        usage: {
          input_tokens: 40,
          input_tokens_details: {
            cached_tokens: 0,
            cache_write_tokens: 30,
            cache_write_tokens_details: { ttl_30m_tokens: 10, ttl_12h_tokens: 20 },
          },
          output_tokens: 1,
        },
      },
    })
    expect(response?.usage).toEqual({
      inputTokens: 40,
      outputTokens: 1,
      cacheReadTokens: 0,
      cacheWriteTokens: 30,
      cacheWrite12hTokens: 20,
    })
  })

  test('what was read from the cache, as Perplexity’s agent states it', () => {
    const { response } = readExchange({
      call: 'POST https://api.perplexity.ai/v1/agent',
      request: { model: 'perplexity/sonar', input: 'Hi' },
      response: {
        id: 'resp_1',
        output: [],
        usage: {
          input_tokens: 40,
          input_tokens_details: { cache_creation_input_tokens: 5, cache_read_input_tokens: 30 },
          output_tokens: 1,
          cost: { currency: 'USD', total_cost: 0.0012 },
        },
      },
    })
    expect(response).toEqual({
      id: 'resp_1',
      usage: { inputTokens: 40, cacheReadTokens: 30, cacheWriteTokens: 5, outputTokens: 1 },
      declaredCost: { amount: 0.0012, currency: 'USD' },
    })
  })

  test('what was written to the cache, by duration, as Alibaba states it', () => {
    const cache_creation = { ephemeral_5m_input_tokens: 30 }
    const { response } = readExchange({
      call: 'POST https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions',
      request: { messages: [] },
      response: {
        ...CHAT,
        usage: {
          prompt_tokens: 40,
          completion_tokens: 1,
          prompt_tokens_details: { cached_tokens: 0, cache_creation, cache_creation_input_tokens: 30 },
        },
      },
    })
    expect(response?.usage).toEqual({
      inputTokens: 40,
      cacheReadTokens: 0,
      cacheWriteTokens: 30,
      cacheWrite5mTokens: 30,
      outputTokens: 1,
    })
  })

  test('takes the last usage of a stream that is not empty, and the reasons of all choices', () => {
    const chunk = (index: number, finish_reason: string | null): object => ({
      ...CHAT,
      choices: [{ index, delta: {}, finish_reason }],
      usage: null,
    })
    const { response } = readExchange({
      call: 'POST /v1/chat/completions',
      request: { model: 'm', messages: [], stream: true, n: 2 },
      response: serverSentEvents(
        { ...CHAT, id: '', model: '', choices: [] },
        chunk(1, 'length'),
        chunk(0, null),
        chunk(0, 'stop'),
        { ...CHAT, choices: [], usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } },
        { ...CHAT, choices: [], usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } },
      ),
    })
    expect(response).toEqual({
      id: 'chatcmpl-1',
      model: 'gpt-5-2025-08-07',
      finishReasons: ['stop', 'length'],
      usage: { inputTokens: 9, outputTokens: 4 },
    })
  })

  test.each([
    ['before', { finish_reason: 'stop', message: { content: 'x'.repeat(200) } }],
    ['behind', { message: { content: 'x'.repeat(200) }, finish_reason: 'stop' }],
  ])('finds the reason %s a message too large to be held whole', (_, choice) => {
    const document = { id: 'c', model: 'm', choices: [choice], usage: { prompt_tokens: 1 } }
    const response = openaiChatCompletions.readResponse(edgesOf(document, 100), { operation: 'chat' })
    expect(response).toEqual({ id: 'c', model: 'm', finishReasons: ['stop'], usage: { inputTokens: 1 } })
  })

  test.each([
    ['GitHub Copilot', { copilot_usage: { total_nano_aiu: 250_000_000 } }],
    ['Exa', { costDollars: { total: 0.0025 } }],
    ['Venice', { cost: { usd: 0.0025, diem: 0 } }],
  ])('finds what %s charges behind an answer too large to be held whole', (_, charge) => {
    const choices = [{ message: { content: 'x'.repeat(200) }, finish_reason: 'stop' }]
    const response = edgesOf({ id: 'c1', choices, ...charge }, 100)
    expect(openaiChatCompletions.readResponse(response, { operation: 'chat' }).declaredCost?.amount).toBe(
      0.0025,
    )
  })

  test('finds reason, usage and cost at the end of a last event too large to be held whole', () => {
    const stream = serverSentEvents(
      { id: 'c', model: 'm', choices: [{ delta: { content: 'x' }, finish_reason: null }] },
      {
        search_results: [{ snippet: 'x'.repeat(200) }],
        choices: [{ delta: {}, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, cost: { total_cost: 0.005 } },
      },
    )
    const response = openaiChatCompletions.readResponse(edgesOf(stream, 150), { operation: 'chat' })
    expect(response).toEqual({
      id: 'c',
      model: 'm',
      finishReasons: ['stop'],
      usage: { inputTokens: 1 },
      declaredCost: { amount: 0.005, currency: 'USD' },
    })
  })

  test.each(['prompt_cache_hit_tokens', 'cached_tokens', 'cached_input_tokens', 'num_cached_tokens'])(
    'finds what was cached where a provider calls it %s',
    (name) => {
      const { response } = readExchange({
        call: 'POST /v1/chat/completions',
        request: { model: 'm', messages: [] },
        response: { ...CHAT, usage: { prompt_tokens: 9, completion_tokens: 2, [name]: 4 } },
      })
      expect(response?.usage).toEqual({ inputTokens: 9, cacheReadTokens: 4, outputTokens: 2 })
    },
  )

  test('finds what of the cached tokens was sound where that stands beside them', () => {
    const { response } = readExchange({
      call: 'POST https://ark.cn-beijing.volces.com/api/v3/chat/completions',
      request: { model: 'm', messages: [] },
      response: {
        ...CHAT,
        usage: {
          prompt_tokens: 9,
          completion_tokens: 2,
          prompt_tokens_details: { cached_tokens: 4, audio_tokens: 5, audio_cached_tokens: 3 },
        },
      },
    })
    expect(response?.usage).toMatchObject({ audioInputTokens: 5, audioCacheReadTokens: 3 })
  })

  test('adds reasoning that only the total shows to lie outside of the output', () => {
    const usage = {
      prompt_tokens: 10,
      completion_tokens: 5,
      completion_tokens_details: { reasoning_tokens: 20 },
    }
    const outputTokens = (total_tokens: number): unknown =>
      readExchange({
        call: 'POST /v1/chat/completions',
        request: { model: 'grok-4', messages: [] },
        response: { ...CHAT, usage: { ...usage, total_tokens } },
      }).response?.usage?.outputTokens
    expect(outputTokens(35)).toBe(25)
    expect(outputTokens(15)).toBe(5)
  })

  test('reads an error inside of a stream', () => {
    const { response } = readExchange({
      call: 'POST /v1/chat/completions',
      request: { model: 'm', messages: [], stream: true },
      response: serverSentEvents(
        { ...CHAT, choices: [] },
        { error: { code: 502, message: 'Provider gone', type: 'upstream_error' } },
      ),
    })
    expect(response?.error).toEqual({ type: 'upstream_error', message: 'Provider gone' })
  })

  test('reads an error inside of a stream that is an object of its own', () => {
    const { response } = readExchange({
      call: 'POST /v1/chat/completions',
      request: { model: 'm', messages: [], stream: true },
      response: serverSentEvents(
        { ...CHAT, choices: [] },
        { object: 'error', message: 'Engine gone', type: 'InternalServerError', param: null, code: 500 },
      ),
    })
    expect(response?.error).toEqual({ type: 'InternalServerError', message: 'Engine gone' })
  })

  test('reads an error inside of a stream that only the framing calls one', () => {
    const { response } = readExchange({
      call: 'POST /v1/chat/completions',
      request: { model: 'm', messages: [], stream: true },
      response: `${serverSentEvents(CHAT)}event: error\ndata: {"message":"Engine gone","code":"engine_error"}\n\n`,
    })
    expect(response?.error).toEqual({ type: 'engine_error', message: 'Engine gone' })
  })

  test.each([null, false, '', {}])('takes %j for no error', (error) => {
    const { response } = readExchange({
      call: 'POST /v1/chat/completions',
      request: { model: 'm', messages: [] },
      response: { ...CHAT, error },
    })
    expect(response?.error).toBeUndefined()
  })

  test('reads an error that says of itself that it is no success', () => {
    const { response } = readExchange({
      call: 'POST /api/paas/v4/chat/completions',
      request: { model: 'm', messages: [] },
      response: { code: 500, msg: '404 NOT_FOUND', success: false },
    })
    expect(response).toEqual({ error: { type: '500', message: '404 NOT_FOUND' } })
  })

  test('keeps the number of an error that no HTTP status tells', () => {
    const { response } = readExchange({
      call: 'POST /v1/chat/completions',
      request: { model: 'm', messages: [] },
      response: { error: { code: 502, message: 'Provider gone' } },
    })
    expect(response).toEqual({ error: { type: '502', message: 'Provider gone' } })
  })

  test.each([
    ['an OpenRouter usage', {}, { cost: 0.00123 }, 0.00123],
    ['a Perplexity usage', {}, { cost: { total_cost: 0.006 } }, 0.006],
    ['an xAI usage', {}, { cost_in_usd_ticks: 25_000_000 }, 0.0025],
    ['a header of the LiteLLM proxy', { 'x-litellm-response-cost': '2.5e-05' }, {}, 0.000025],
  ])('reads the cost that %s declares', (_, responseHeaders, cost, amount) => {
    const { response } = readExchange({
      call: 'POST /v1/chat/completions',
      request: { model: 'm', messages: [] },
      responseHeaders,
      response: { ...CHAT, usage: { prompt_tokens: 1, completion_tokens: 1, ...cost } },
    })
    expect(response?.declaredCost).toEqual({ amount, currency: 'USD' })
  })

  test.each([
    [{ cost: 0.000169, inputTokens: 9, outputTokens: 20, paymentSource: 'USD' }, 0.000169],
    [{ cost: 0.5, costUsd: 0.0002, inputTokens: 9, outputTokens: 20, paymentSource: 'XNO' }, 0.0002],
    [{ cost: 0.5, inputTokens: 9, outputTokens: 20, paymentSource: 'XNO' }, undefined],
  ])('reads what NanoGPT charges, and the usage with it that nobody asked for: %j', (pricing, amount) => {
    const { response } = readExchange({
      call: 'POST https://nano-gpt.com/api/v1/chat/completions',
      request: { model: 'm', messages: [], stream: true },
      response: serverSentEvents({ ...CHAT, x_nanogpt_pricing: { ...pricing, cacheReadInputTokens: 4 } }),
    })
    expect(response?.usage).toEqual({ inputTokens: 9, cacheReadTokens: 4, outputTokens: 20 })
    expect(response?.declaredCost?.amount).toBe(amount)
  })

  test.each([
    [{ usd: 0.0002562, diem: 0 }, 0.0002562],
    [{ usd: 0, diem: 0.0002562 }, undefined],
  ])('reads what Venice charges, where it was paid in dollars: %j', (cost, amount) => {
    const call = 'POST https://api.venice.ai/api/v1/chat/completions'
    const answer = { ...CHAT, cost, usage: { prompt_tokens: 9, completion_tokens: 20 } }
    for (const response of [answer, serverSentEvents(CHAT, { ...answer, choices: [] })])
      expect(readExchange({ call, response }).response?.declaredCost?.amount).toBe(amount)
  })

  test('reads what OpenCode charges, not what its provider does: beside an answer or in an event behind it', () => {
    const usage = {
      prompt_tokens: 9,
      completion_tokens: 20,
      input_tokens: 9,
      output_tokens: 20,
      estimated_cost: 0,
    }
    const message = { type: 'message', id: 'm1', model: 'm', usage }
    const cost = '0.00012300'
    const ping = { type: 'ping', cost }
    const answers: [string, object | string][] = [
      ['chat/completions', { ...CHAT, usage, cost }],
      [
        'chat/completions',
        `${serverSentEvents({ ...CHAT, usage })}${serverSentEvents({ choices: [], cost })}`,
      ],
      ['messages', { ...message, cost }],
      [
        'messages',
        serverSentEvents(
          { type: 'message_start', message },
          { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage },
          { type: 'message_stop' },
          ping,
        ),
      ],
      ['responses', { id: 'r1', usage, cost }],
      [
        'responses',
        serverSentEvents(
          { type: 'response.created', response: { id: 'r1', usage: null } },
          { type: 'response.completed', response: { id: 'r1', usage } },
          ping,
        ),
      ],
    ]
    for (const [path, answer] of answers) {
      const { response } = readExchange({
        call: `POST https://opencode.ai/zen/v1/${path}`,
        request: { model: 'm', messages: [], input: 'Hi' },
        response: answer,
      })
      expect(response).toMatchObject({
        usage: { inputTokens: 9, outputTokens: 20 },
        declaredCost: { amount: 0.000123, currency: 'USD' },
      })
    }
  })

  test('reads what Exa charges for an answer', () => {
    const { response } = readExchange({
      call: 'POST https://api.exa.ai/chat/completions',
      request: { model: 'exa', messages: [] },
      response: { id: 'c1', model: 'exa', choices: [], costDollars: { total: 0.005 } },
    })
    expect(response).toEqual({ id: 'c1', model: 'exa', declaredCost: { amount: 0.005, currency: 'USD' } })
  })

  test('reads the credits that GitHub Copilot charges, beside the usage, as a cost', () => {
    const copilot_usage = { total_nano_aiu: 250_000_000 }
    const usage = { input_tokens: 9, output_tokens: 90 }
    const chat = { ...CHAT, usage: { prompt_tokens: 1, completion_tokens: 1 }, copilot_usage }
    const message = { type: 'message', model: 'claude-sonnet-5', usage, copilot_usage }
    const streamed = serverSentEvents(
      { type: 'response.created', response: { id: 'r' } },
      { type: 'response.completed', copilot_usage, response: { id: 'r', usage } },
    )
    const answers: [string, object | string][] = [
      ['chat/completions', chat],
      ['v1/messages', message],
      ['responses', streamed],
    ]
    for (const [path, answer] of answers) {
      const request = { model: 'm', messages: [], input: 'Hi' }
      const { response } = readExchange({ call: `POST /${path}`, request, response: answer })
      expect(response?.declaredCost).toEqual({ amount: 0.0025, currency: 'USD' })
    }
  })

  test.each(['stream', 'answer'])('counts the tools that Groq ran in any length of %s', (kind) => {
    const tool = (index: number, name: string): object => ({ index, name, type: 'function', arguments: '{}' })
    const found = (index: number, name: string): object => ({
      ...tool(index, name),
      output: '"}]'.repeat(99),
    })
    const others = {
      tool_calls: [{ index: 0, type: 'function', function: { name: 'f', arguments: '{}' } }],
      annotations: [{ type: 'url_citation', url_citation: {} }],
    }
    const chunk = (delta: object): object => ({ choices: [{ index: 0, delta }] })
    const tools = [found(0, 'browser.search'), found(1, 'browser.open'), found(2, 'browser.search')]
    const body =
      kind === 'answer'
        ? JSON.stringify({ choices: [{ message: { ...others, executed_tools: tools } }] })
        : serverSentEvents(
            chunk({ executed_tools: [tool(0, 'browser.search')] }),
            ...tools.map((executed) => chunk({ executed_tools: [executed] })),
            chunk(others),
          )
    const { request } = readExchange({
      call: 'POST https://api.groq.com/openai/v1/chat/completions',
      request: { model: 'openai/gpt-oss-20b', messages: [] },
    })
    const sum = openaiChatCompletions.openSum!(request!)!
    const bytes = Buffer.from(body)
    for (let start = 0; start < bytes.length; start += 50) sum.write(bytes.subarray(start, start + 50))
    expect(sum.read()).toEqual({ toolRequests: { web_search: 2, visit_website: 1 } })
  })

  test('counts the tools that Groq ran in the midst of a stream', () => {
    const chunk = (delta: object, rest: object = {}): object => ({
      id: 'c1',
      model: 'groq/compound',
      choices: [{ index: 0, delta, finish_reason: null }],
      ...rest,
    })
    const content = Array.from({ length: 20 }, () => chunk({ content: 'x' }))
    const { response } = readExchange({
      call: 'POST /openai/v1/chat/completions',
      request: { model: 'groq/compound', messages: [], stream: true },
      response: serverSentEvents(
        ...content,
        chunk({ executed_tools: [{ index: 0, type: 'search', arguments: '{}' }] }),
        chunk({ executed_tools: [{ index: 0, type: 'search', arguments: '{}', output: 'Sunny' }] }),
        ...content,
        chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
        chunk({}, { choices: [], usage: { prompt_tokens: 9, completion_tokens: 40 } }),
      ),
    })
    expect(response).toEqual({
      id: 'c1',
      model: 'groq/compound',
      finishReasons: ['stop'],
      toolRequests: { web_search: 1 },
      usage: { inputTokens: 9, outputTokens: 40 },
    })
  })

  test.each([
    'https://x.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=1',
    'https://gateway.ai.cloudflare.com/v1/account/gateway/azure-openai/resource/my%20gpt/chat/completions',
  ])('takes the model that is named nowhere else from the path of an Azure deployment: %s', (address) => {
    expect(readExchange({ call: `POST ${address}`, request: { messages: [] } }).request?.model).toBe('my gpt')
  })

  test.each([
    [
      401,
      { error: { message: 'No', type: 'invalid_request_error', code: 'invalid_api_key' } },
      'invalid_request_error',
    ],
    [400, { error: { message: 'No', type: 'Bad Request', code: 400 } }, undefined],
    [429, { error: { message: 'No', type: '', code: 'rate_limit_exceeded' } }, 'rate_limit_exceeded'],
    [422, { detail: [{ msg: 'No' }] }, undefined],
    [400, { object: 'error', message: 'No', type: 'invalid_model', code: '1500' }, 'invalid_model'],
    [400, { code: 'invalid-argument', error: 'No' }, 'invalid-argument'],
  ])('of a failure with %i, reads the error and nothing else', (status, response, type) => {
    const read = readExchange({
      call: 'POST /v1/chat/completions',
      request: { model: 'm', messages: [] },
      status,
      response,
    })
    expect(Object.keys(read.response ?? {})).toEqual(['error'])
    expect(read.response?.error?.type).toBe(type)
  })
})

describe('openai-responses', () => {
  const RESPONSE = {
    id: 'resp_1',
    object: 'response',
    model: 'gpt-5',
    status: 'completed',
    service_tier: 'flex',
    conversation: { id: 'conv_1' },
    error: null,
    output: [
      { type: 'web_search_call' },
      { type: 'web_search_call' },
      { type: 'code_interpreter_call' },
      { type: 'message' },
    ],
    usage: {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 40 },
      output_tokens: 60,
      output_tokens_details: { reasoning_tokens: 20 },
      total_tokens: 160,
    },
  }
  const READ = {
    id: 'resp_1',
    model: 'gpt-5',
    status: 'completed',
    serviceTier: 'flex',
    conversationId: 'conv_1',
    toolRequests: { web_search: 2, code_execution: 1 },
    usage: { inputTokens: 100, cacheReadTokens: 40, outputTokens: 60, reasoningTokens: 20 },
  }

  test('reads a response, and counts the tools that the provider ran', () => {
    const { request, response } = readExchange({
      call: 'POST /v1/responses',
      request: {
        model: 'gpt-5',
        input: 'Hi',
        conversation: 'conv_1',
        previous_response_id: 'resp_0',
        background: true,
      },
      response: RESPONSE,
    })
    expect(request).toEqual({
      operation: 'chat',
      model: 'gpt-5',
      conversationId: 'conv_1',
      previousResponseId: 'resp_0',
      background: true,
    })
    expect(response).toEqual(READ)
  })

  // https://github.com/openai/openai-python/issues/3271
  test("reads the model that answered of Azure's header: in the body stands the deployment's name", () => {
    const made = { ...RESPONSE, model: 'prod-assistant' }
    const ofAzure = (response: object | string): string | undefined =>
      readExchange({
        call: 'POST https://x.openai.azure.com/openai/v1/responses',
        request: { model: 'prod-assistant', input: 'Hi' },
        responseHeaders: { 'x-ms-served-model': 'gpt-5-2025-08-07' },
        response,
      }).response?.model
    expect(ofAzure(made)).toBe('gpt-5-2025-08-07')
    expect(
      ofAzure(
        serverSentEvents(
          { type: 'response.created', response: { id: 'resp_1', model: 'prod-assistant' } },
          { type: 'response.completed', response: made },
        ),
      ),
    ).toBe('gpt-5-2025-08-07')
  })

  test('a deployment of Azure that is named after its model is the model', () => {
    const answeredBy = (served: string): string | undefined =>
      readExchange({
        call: 'POST https://x.openai.azure.com/openai/v1/responses',
        request: { model: 'gpt-5', input: 'Hi' },
        responseHeaders: { 'x-ms-served-model': served },
        response: { ...RESPONSE, model: 'gpt-5' },
      }).response?.model
    expect(answeredBy('gpt-5-2025-08-07')).toBe('gpt-5')
    expect(answeredBy('gpt-5-mini-2025-08-07')).toBe('gpt-5-mini-2025-08-07')
  })

  test('takes the billed number of searches before that of the items', () => {
    const response = { ...RESPONSE, tool_usage: { web_search: { num_requests: 5 } } }
    expect(
      readExchange({ call: 'POST /v1/responses', request: { input: '' }, response }).response?.toolRequests,
    ).toEqual({
      web_search: 5,
      code_execution: 1,
    })
  })

  test.each([
    ['a response', (response: object) => response],
    ['a stream', (response: object) => serverSentEvents({ type: 'response.completed', response })],
  ])('takes the number of searches from behind an output of %s too large to be held whole', (_, written) => {
    const document = {
      id: 'resp_1',
      output: [{ type: 'web_search_call' }, { type: 'message', content: 'x'.repeat(500) }],
      tool_usage: { web_search: { num_requests: 3 } },
      tools: [{ type: 'web_search' }],
      usage: { input_tokens: 9, output_tokens: 90 },
    }
    const response = openaiResponses.readResponse(edgesOf(written(document), 250), { operation: 'chat' })
    expect(response).toMatchObject({
      toolRequests: { web_search: 3 },
      usage: { inputTokens: 9, outputTokens: 90 },
    })
  })

  test('counts containers and searches behind a stream too large to be held whole by the items before it', () => {
    const output = [
      { type: 'code_interpreter_call', container_id: 'a' },
      { type: 'file_search_call' },
      { type: 'code_interpreter_call', container_id: 'a' },
    ]
    const stream = serverSentEvents(...output.map((item) => ({ type: 'response.output_item.done', item })), {
      type: 'response.completed',
      response: { instructions: 'x'.repeat(900), output, usage: { input_tokens: 9, output_tokens: 90 } },
    })
    const response = openaiResponses.readResponse(edgesOf(stream, 600), { operation: 'chat' })
    expect(response).toMatchObject({
      toolRequests: { code_execution: 1, file_search: 1 },
      usage: { inputTokens: 9, outputTokens: 90 },
    })
  })

  test('counts containers and searches in the midst of any length of response', () => {
    const response = {
      id: 'resp_1',
      output: [
        { type: 'file_search_call', results: [{ type: 'file_search_call', text: '"}]'.repeat(99) }] },
        { id: 'ci_1', type: 'code_interpreter_call', container_id: 'a', code: '{"type":"shell_call"}' },
        { type: 'code_interpreter_call', container_id: 'a' },
        { type: 'shell_call', environment: { type: 'container_reference', container_id: 'b' } },
        { type: 'web_search_call', action: { sources: [{ type: 'url' }] } },
        { type: 'message', content: [{ type: 'output_text', text: 'x'.repeat(99) }] },
      ],
      tools: [{ type: 'file_search' }, { type: 'web_search_preview' }],
      usage: { input_tokens: 9, output_tokens: 90 },
    }
    const { request } = readExchange({
      call: 'POST /v1/responses',
      request: { model: 'gpt-5', input: 'x', tools: [{ type: 'file_search', vector_store_ids: ['vs_1'] }] },
    })
    const sum = openaiResponses.openSum!(request!)!
    const bytes = Buffer.from(JSON.stringify(response))
    for (let start = 0; start < bytes.length; start += 50) sum.write(bytes.subarray(start, start + 50))
    expect(sum.read()).toEqual({
      toolRequests: { code_execution: 2, file_search: 1, web_search_preview: 1 },
    })
    expect(sum.read().toolRequests).toEqual(
      readExchange({ call: 'POST /v1/responses', request: { input: '' }, response }).response?.toolRequests,
    )
  })

  test("nothing is counted in the midst where the only tools are the caller's own", () => {
    const tools = [{ type: 'function', name: 'file_search', parameters: { type: 'object' } }]
    const { request } = readExchange({ call: 'POST /v1/responses', request: { input: 'x', tools } })
    expect(openaiResponses.openSum!(request!)).toBeUndefined()
  })

  test.each([
    ['OpenRouter', { cost: 0.0025 }, {}],
    ['xAI', { cost_in_usd_ticks: 25_000_000 }, {}],
    ['Perplexity', { cost: { total_cost: 0.0025 } }, {}],
    ['GitHub Copilot', {}, { copilot_usage: { total_nano_aiu: 250_000_000 } }],
  ])(
    'finds what %s charges at the end of a stream whose last event is too large to be held whole',
    (_, cost, charge) => {
      const usage = { input_tokens: 9, output_tokens: 90, ...cost }
      const last = { id: 'resp_1', output: [{ result: 'x'.repeat(500) }], usage }
      const stream = serverSentEvents({ type: 'response.completed', response: last, ...charge })
      const response = openaiResponses.readResponse(edgesOf(stream, 200), { operation: 'chat' })
      expect(response.declaredCost).toEqual({ amount: 0.0025, currency: 'USD' })
    },
  )

  test("doesn't say how a response stood at first where its last event is too large to be held whole", () => {
    const usage = { input_tokens: 9, output_tokens: 90 }
    const stream = serverSentEvents(
      {
        type: 'response.created',
        response: { id: 'resp_1', status: 'in_progress', output: [], usage: null },
      },
      {
        type: 'response.completed',
        response: { id: 'resp_1', status: 'completed', output: [{ result: 'x'.repeat(500) }], usage },
      },
    )
    const response = openaiResponses.readResponse(edgesOf(stream, 200), { operation: 'chat' })
    expect(response).toEqual({ id: 'resp_1', usage: { inputTokens: 9, outputTokens: 90 } })
  })

  test('finds the usage of a stream from the background before any length of output', () => {
    const request = { operation: 'chat', background: true, stream: true }
    const sum = openaiResponses.openSum!(request)!
    const response = {
      id: 'resp_1',
      usage: { input_tokens: 7, output_tokens: 9 },
      output: [{ text: 'x'.repeat(99) }],
    }
    const stream = Buffer.from(
      serverSentEvents(
        { type: 'response.created', response: { ...response, usage: null, output: [] } },
        { type: 'response.output_text.delta', delta: '"usage":{"input_tokens":1}' },
        { type: 'response.completed', response },
      ),
    )
    for (let start = 0; start < stream.length; start += 50) sum.write(stream.subarray(start, start + 50))
    expect(sum.read()).toEqual({ usage: { inputTokens: 7, outputTokens: 9 } })
    expect(openaiResponses.openSum!({ ...request, background: false })).toBeUndefined()
  })

  test('reads a stream by its first and last events', () => {
    const created = { ...RESPONSE, status: 'in_progress', service_tier: 'auto', output: [], usage: null }
    const response = serverSentEvents(
      { type: 'response.created', response: created },
      { type: 'response.output_text.delta', delta: 'Hi' },
      { type: 'response.completed', response: RESPONSE },
    )
    expect(
      readExchange({ call: 'POST /v1/responses', request: { input: '', stream: true }, response }).response,
    ).toEqual(READ)
  })

  test.each([
    ['instructions', { id: 'resp_1', instructions: 'x'.repeat(500), model: 'gpt-5' }],
    ['tools', { id: 'resp_1', model: 'gpt-5', tools: [{ description: 'x'.repeat(500) }] }],
  ])('reads a stream whose first and last events repeat more %s than is held', (_, repeated) => {
    const usage = { input_tokens: 100, output_tokens: 60 }
    const stream = serverSentEvents(
      { type: 'response.created', response: { ...repeated, output: [], usage: null } },
      { type: 'response.completed', response: { ...repeated, output: [], usage } },
    )
    expect(openaiResponses.readResponse(edgesOf(stream, 200), { operation: 'chat' })).toEqual({
      id: 'resp_1',
      model: 'gpt-5',
      usage: { inputTokens: 100, outputTokens: 60 },
    })
  })

  test.each([
    [
      'failed',
      {
        type: 'response.failed',
        response: { id: 'resp_1', status: 'failed', error: { code: 'server_error', message: 'x' } },
      },
    ],
    ['errored', { type: 'error', code: 'server_error', message: 'x' }],
  ])('reads why a stream %s', (_, last) => {
    const created = { id: 'resp_1', status: 'in_progress' }
    const response = serverSentEvents({ type: 'response.created', response: created }, last)
    const read = readExchange({
      call: 'POST /v1/responses',
      request: { input: '', stream: true },
      response,
    }).response
    expect(read).toEqual({
      id: 'resp_1',
      status: 'response' in last ? 'failed' : 'in_progress',
      error: { type: 'server_error', message: 'x' },
    })
  })

  test('is not read where the body is of another kind', () => {
    expect(
      readExchange({ call: 'POST /forms/1/responses', request: { answers: [] } }).request,
    ).toBeUndefined()
    expect(readExchange({ call: 'POST /v1/agent', request: { input: 'x' } }).request).toBeUndefined()
  })

  test("Perplexity's agent has a path of its own", () => {
    const request = { preset: 'pro-search', input: 'x' }
    const read = readExchange({ call: 'POST /v1/agent', request, response: RESPONSE })
    expect(read.request).toEqual({ operation: 'chat' })
    expect(read.response?.id).toBe('resp_1')
  })

  test('of one that is fetched, sets apart what it took to make it', () => {
    const { flavor, request, response } = readExchange({
      call: 'GET /v1/responses/resp_1',
      response: RESPONSE,
    })
    expect(flavor).toBe('openai-responses-retrieve')
    expect(request).toEqual({ operation: 'fetch_response', responseId: 'resp_1' })
    const made = readExchange({ call: 'POST /v1/responses', request: { input: 'x' }, response: RESPONSE })
    const { usage, toolRequests } = made.response ?? {}
    expect(response).toEqual({
      fetched: { usage, toolRequests },
      id: 'resp_1',
      model: 'gpt-5',
      status: 'completed',
      serviceTier: 'flex',
      conversationId: 'conv_1',
    })
  })
})

describe("OpenAI's other APIs", () => {
  test('a model that stands in the path, as engines did', () => {
    const { request } = readExchange({
      call: 'POST /v1/engines/text-embedding-ada-002/embeddings',
      request: { input: ['a'] },
    })
    expect(request).toEqual({ operation: 'embeddings', model: 'text-embedding-ada-002' })
  })

  test('embeddings are read without parsing the vectors', () => {
    const { request, response } = readExchange({
      call: 'POST /v1/embeddings',
      request: { input: ['a'], model: 'text-embedding-3-small', dimensions: 256, encoding_format: 'base64' },
      response: {
        object: 'list',
        data: [{ embedding: Array.from({ length: 2000 }, (_, index) => index / 7) }],
        model: 'text-embedding-3-small',
        usage: { prompt_tokens: 8, total_tokens: 8 },
      },
    })
    expect(request).toEqual({
      operation: 'embeddings',
      model: 'text-embedding-3-small',
      encodingFormats: ['base64'],
      embeddingDimensions: 256,
    })
    expect(response).toEqual({ model: 'text-embedding-3-small', usage: { inputTokens: 8 } })
  })

  test('images are counted beside their tokens', () => {
    const { request, response } = readExchange({
      call: 'POST /v1/images/generations',
      request: { model: 'gpt-image-1', prompt: 'A cat', n: 2, size: '1024x1024', quality: 'high' },
      response: {
        data: [{ b64_json: 'AA' }, { b64_json: 'BB' }],
        usage: {
          input_tokens: 10,
          output_tokens: 4160,
          total_tokens: 4170,
          input_tokens_details: { text_tokens: 10, image_tokens: 0 },
        },
      },
    })
    expect(request).toEqual({
      operation: 'generate_content',
      outputType: 'image',
      model: 'gpt-image-1',
      choiceCount: 2,
      image: { size: '1024x1024', quality: 'high' },
    })
    expect(response).toEqual({
      usage: { inputTokens: 10, outputTokens: 4160, textInputTokens: 10, imageInputTokens: 0, images: 2 },
    })
  })

  test('images that come bit by bit are a stream', () => {
    const call = 'POST /v1/images/generations'
    const asked = { model: 'gpt-image-1', prompt: 'A cat', stream: true, partial_images: 2 }
    expect(readExchange({ call, request: asked }).request).toMatchObject({ stream: true })
  })

  test.each([
    ['/v1/images/edits', { crop: [0, 0, 10, 10] }],
    ['/v1/audio/speech', { title: 'x' }],
  ])('%s with %j asks no model for anything', (path, request) => {
    expect(readExchange({ call: `POST ${path}`, request }).request).toBeUndefined()
  })

  test('speech is billed by the characters of its text', () => {
    const { request, response } = readExchange({
      call: 'POST /v1/audio/speech',
      request: { model: 'tts-1', voice: 'alloy', input: 'Grüße 👋' },
      responseHeaders: { 'content-type': 'audio/mpeg' },
      response: Buffer.from([255, 251, 144]),
    })
    expect(request).toEqual({
      operation: 'generate_content',
      outputType: 'speech',
      model: 'tts-1',
      characters: 7,
    })
    expect(response).toEqual({ usage: { characters: 7 } })
  })

  test.each([
    [{ text: 'Hi', usage: { type: 'duration', seconds: 9 } }, { seconds: 9 }],
    [
      {
        text: 'Hi',
        usage: {
          type: 'tokens',
          input_tokens: 30,
          input_token_details: { audio_tokens: 28 },
          output_tokens: 5,
          total_tokens: 35,
        },
      },
      { inputTokens: 30, audioInputTokens: 28, outputTokens: 5 },
    ],
    [{ task: 'transcribe', duration: 3.5, text: 'Hi' }, { seconds: 3.5 }],
    [{ duration: '3.5', language: 'en', text: 'Hi' }, { seconds: 3.5 }],
  ])('transcriptions are billed by the second or by the token: %j', (answer, usage) => {
    const form = [
      'file"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\nRIFF\u0000',
      'model"\r\n\r\nwhisper-1',
    ]
    const { request, response } = readExchange({
      call: 'POST /v1/audio/transcriptions',
      request: `${form.map((part) => `--b\r\nContent-Disposition: form-data; name="${part}\r\n`).join('')}--b--\r\n`,
      response: answer,
    })
    expect(request).toEqual({ operation: 'generate_content', outputType: 'text', model: 'whisper-1' })
    expect(response).toEqual({ usage })
  })

  const usage = { prompt_tokens: 4, completion_tokens: 36, total_tokens: 415, prompt_audio_seconds: 27 }

  test.each([
    [
      'OpenAI',
      { type: 'transcript.text.delta', delta: 'Hi' },
      {
        type: 'transcript.text.done',
        text: 'Hi',
        usage: { type: 'tokens', input_tokens: 14, output_tokens: 45 },
      },
      { usage: { inputTokens: 14, outputTokens: 45 } },
    ],
    [
      'Mistral',
      { type: 'transcription.text.delta', text: 'Hi' },
      {
        type: 'transcription.done',
        model: 'voxtral-mini-2507',
        text: 'Hi',
        usage: { ...usage, service_tier: 'standard' },
      },
      {
        model: 'voxtral-mini-2507',
        serviceTier: 'standard',
        usage: { inputTokens: 4, outputTokens: 36, seconds: 27 },
      },
    ],
    [
      'vLLM',
      { object: 'transcription.chunk', choices: [{ delta: { content: 'Hi' } }] },
      {
        object: 'transcription.chunk',
        model: 'm',
        choices: [],
        usage: { prompt_tokens: 4, total_tokens: 5 },
      },
      { model: 'm', usage: { inputTokens: 4 } },
    ],
    [
      'an error',
      { type: 'transcript.text.delta', delta: 'Hi' },
      { type: 'error', error: { type: 'server_error', message: 'x' } },
      { error: { type: 'server_error', message: 'x' } },
    ],
  ])('a streamed transcription ends with what it took: %s', (_, delta, done, read) => {
    const { response } = readExchange({
      call: 'POST /v1/audio/transcriptions',
      request: { model: 'm', stream: true },
      responseHeaders: { 'content-type': 'text/event-stream' },
      response: serverSentEvents(delta, delta, done),
    })
    expect(response).toEqual(read)
  })

  test('a transcription has an id where the provider gives it one', () => {
    const { response } = readExchange({
      call: 'POST https://api.z.ai/api/paas/v4/audio/transcriptions',
      request: { model: 'glm-asr-2512' },
      response: { id: 't1', model: 'glm-asr-2512', text: 'Hi' },
    })
    expect(response).toEqual({ id: 't1', model: 'glm-asr-2512' })
  })

  test('of a streamed transcription, a long text leaves the end to be read', () => {
    const done = { type: 'transcription.done', text: 'Hi '.repeat(9000), usage, language: 'en' }
    const response = edgesOf(serverSentEvents({ type: 'transcription.language' }, done), 2000)
    expect(openaiTranscriptions.readResponse(response, { operation: 'generate_content' })).toEqual({
      usage: { inputTokens: 4, outputTokens: 36, seconds: 27 },
    })
  })

  test('a batch is created without usage, and has it once it is completed', () => {
    expect(
      readExchange({
        call: 'POST /v1/batches',
        request: { endpoint: '/v1/responses' },
        response: { id: 'batch_1', status: 'validating' },
      }),
    ).toEqual({
      flavor: 'openai-batches',
      request: { operation: 'create_batch', batch: true },
      response: { id: 'batch_1', status: 'validating' },
    })
    const usage = { input_tokens: 10, output_tokens: 20, total_tokens: 30 }
    const fetched = (status: string): unknown =>
      readExchange({
        call: 'GET /v1/batches/batch_1',
        response: { id: 'batch_1', model: 'gpt-5', status, usage },
      }).response
    expect(fetched('in_progress')).toEqual({ id: 'batch_1', model: 'gpt-5', status: 'in_progress' })
    expect(fetched('completed')).toEqual({
      id: 'batch_1',
      model: 'gpt-5',
      status: 'completed',
      usage: { inputTokens: 10, outputTokens: 20 },
    })
  })

  test('a moderation is read as one', () => {
    const { request, response } = readExchange({
      call: 'POST /v1/moderations',
      request: { model: 'omni-moderation-latest', input: 'x' },
      response: { id: 'modr-1', model: 'omni-moderation-latest', results: [] },
    })
    expect(request).toEqual({ operation: 'moderation', model: 'omni-moderation-latest' })
    expect(response).toEqual({ id: 'modr-1', model: 'omni-moderation-latest' })
  })
})
