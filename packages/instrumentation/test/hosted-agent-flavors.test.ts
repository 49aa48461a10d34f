import { describe, expect, test } from 'vitest'
import { readExchange } from './support/exchange.ts'

describe('Snowflake', () => {
  const METADATA = {
    usage: {
      tokens_consumed: [
        {
          model_name: 'claude-sonnet-4-5',
          input_tokens: { cache_read: 30, cache_write: 20, uncached: 50, total: 100 },
          output_tokens: { total: 7 },
        },
      ],
    },
  }
  const USED = {
    model: 'claude-sonnet-4-5',
    usage: { inputTokens: 100, cacheReadTokens: 30, cacheWriteTokens: 20, outputTokens: 7 },
  }

  test('an agent that is kept streams unless it is told not to', () => {
    const { request, response } = readExchange({
      call: 'POST https://a.snowflakecomputing.com/api/v2/databases/d/schemas/s/agents/sales:run',
      request: { thread_id: 12, parent_message_id: 0, messages: [] },
      response: [
        'event: response.text.delta\ndata: {"text":"x"}',
        `event: response\ndata: ${JSON.stringify({ role: 'assistant', content: [], metadata: METADATA })}`,
        'event: done\ndata: [DONE]',
        '',
      ].join('\n\n'),
    })
    expect(request).toEqual({
      operation: 'invoke_agent',
      agentId: 'sales',
      conversationId: '12',
      stream: true,
    })
    expect(response).toEqual(USED)
  })

  test('an agent that is described in the request, answered in one piece', () => {
    const { request, response } = readExchange({
      call: 'POST https://a.snowflakecomputing.com/api/v2/cortex/agent:run',
      request: { models: { orchestration: 'claude-sonnet-4-5' }, messages: [], stream: false },
      response: { role: 'assistant', content: [], metadata: METADATA },
    })
    expect(request).toEqual({ operation: 'invoke_agent', model: 'claude-sonnet-4-5', stream: false })
    expect(response).toEqual(USED)
  })

  test('an error ends the stream', () => {
    const { response } = readExchange({
      call: 'POST https://a.snowflakecomputing.com/api/v2/cortex/agent:run',
      request: { messages: [] },
      response: 'event: error\ndata: {"code":"AgentTimeout","message":"too slow"}\n\n',
    })
    expect(response).toEqual({ error: { type: 'AgentTimeout', message: 'too slow' } })
  })
})

describe("Google's reasoning engines", () => {
  const ENGINE = 'POST /v1/projects/p/locations/l/reasoningEngines/123'

  test('what the events of an agent took is added up, each whole answer once', () => {
    const events = [
      { author: 'a', partial: true, usage_metadata: { prompt_token_count: 10, candidates_token_count: 2 } },
      {
        author: 'a',
        model_version: 'gemini-2.5-flash',
        finish_reason: 'STOP',
        usage_metadata: { prompt_token_count: 10, candidates_token_count: 5, thoughts_token_count: 3 },
      },
      { author: 'a', content: { parts: [{ function_response: {} }] } },
      {
        author: 'a',
        model_version: 'gemini-2.5-flash',
        finish_reason: 'STOP',
        usage_metadata: {
          prompt_token_count: 20,
          cached_content_token_count: 8,
          candidates_token_count: 1,
        },
      },
    ]
    const { request, response } = readExchange({
      call: `${ENGINE}:streamQuery?alt=sse`,
      request: {
        class_method: 'async_stream_query',
        input: { message: 'm', user_id: 'u', session_id: 's1' },
      },
      response: events.map((event) => JSON.stringify(event)).join('\n'),
    })
    expect(request).toEqual({
      operation: 'invoke_agent',
      agentId: '123',
      conversationId: 's1',
      stream: true,
    })
    expect(response).toEqual({
      model: 'gemini-2.5-flash',
      finishReasons: ['STOP'],
      usage: { inputTokens: 30, cacheReadTokens: 8, outputTokens: 9, reasoningTokens: 3 },
    })
  })

  test('an agent of another framework says nothing of it', () => {
    const exchange = { request: { input: { input: 'q' } }, response: { output: { output: 'a' } } }
    expect(readExchange({ call: `${ENGINE}:query`, ...exchange }).response).toEqual({})
  })

  test.each(['async_create_session', 'list_sessions', 'async_search_memory', 'register_feedback'])(
    '%s is no call of a model',
    (class_method) => {
      const exchange = { call: `${ENGINE}:query`, request: { class_method, input: {} } }
      expect(readExchange(exchange).request).toBeUndefined()
    },
  )
})

describe("Amazon's", () => {
  test('flows are invoked as agents are', () => {
    const { request, response } = readExchange({
      call: 'POST https://bedrock-agent-runtime.us-east-1.amazonaws.com/flows/F1/aliases/A1',
      request: { inputs: [] },
      responseHeaders: {
        'content-type': 'application/vnd.amazon.eventstream',
        'x-amz-bedrock-flow-execution-id': 'e1',
      },
      response: Buffer.alloc(0),
    })
    expect(request).toEqual({ operation: 'invoke_agent', agentId: 'F1' })
    expect(response).toEqual({ conversationId: 'e1' })
  })

  test('evaluations of what an agent did', () => {
    const { request, response } = readExchange({
      call: 'POST https://bedrock-agentcore.us-east-1.amazonaws.com/evaluations/evaluate/Builtin.Helpfulness',
      request: { evaluationInput: { sessionSpans: [] } },
      response: {
        evaluationResults: [
          { value: 1, tokenUsage: { inputTokens: 900, outputTokens: 60, totalTokens: 960 } },
          { value: 0.5, tokenUsage: { inputTokens: 100, outputTokens: 40, totalTokens: 140 } },
        ],
      },
    })
    expect(request).toEqual({ operation: 'evaluation' })
    expect(response).toEqual({ usage: { inputTokens: 1000, outputTokens: 100 } })
  })
})

test("Oracle's agents say what each of their steps took", () => {
  const step = (modelName: string, inputTokenCount: number, outputTokenCount: number): object => ({
    traceType: 'GENERATION_TRACE',
    usage: [{ modelDetails: { modelName }, usageDetails: { inputTokenCount, outputTokenCount } }],
  })
  const { request, response } = readExchange({
    call: 'POST https://agent-runtime.generativeai.us-chicago-1.oci.oraclecloud.com/20240531/agentEndpoints/e1/actions/chat',
    request: { userMessage: 'q', sessionId: 's1' },
    response: {
      message: { role: 'AGENT' },
      traces: [
        step('cohere.command-r', 40, 4),
        { traceType: 'RETRIEVAL_TRACE' },
        step('cohere.command-r', 60, 6),
      ],
    },
  })
  expect(request).toEqual({ operation: 'invoke_agent', agentId: 'e1', conversationId: 's1' })
  expect(response).toEqual({
    model: 'cohere.command-r',
    usage: { inputTokens: 100, outputTokens: 10 },
  })
})

test("Writer's applications and questions to its graphs", () => {
  const application = readExchange({
    call: 'POST https://api.writer.com/v1/applications/a1',
    request: { inputs: [], stream: false },
    response: { title: 't', suggestion: 's' },
  })
  expect(application.request).toEqual({ operation: 'invoke_agent', agentId: 'a1', stream: false })
  expect(application.response).toEqual({})
  const question = readExchange({
    call: 'POST https://api.writer.com/v1/graphs/question',
    request: { graph_ids: ['g'], question: 'q', stream: true },
    response: 'data: {"answer":"a","sources":[]}\n\n',
  })
  expect(question.request).toEqual({ operation: 'chat', stream: true })
  expect(question.response).toEqual({})
})

test("Z.AI's assistants are agents", () => {
  const { request, response } = readExchange({
    call: 'POST https://open.bigmodel.cn/api/paas/v4/assistant',
    request: { assistant_id: 'a1', model: 'glm-4-assistant', messages: [], stream: true },
    response:
      'data: {"id":"1","conversation_id":"c","choices":[{"index":0,"delta":{"content":"x"}}]}\n\n' +
      'data: {"id":"1","choices":[{"index":0,"finish_reason":"stop","delta":{}}],"usage":{"prompt_tokens":9,"completion_tokens":3}}\n\n',
  })
  expect(request).toEqual({
    operation: 'invoke_agent',
    agentId: 'a1',
    model: 'glm-4-assistant',
    stream: true,
  })
  expect(response).toMatchObject({ finishReasons: ['stop'], usage: { inputTokens: 9, outputTokens: 3 } })
})

test("Contextual AI's agents", () => {
  const { request, response } = readExchange({
    call: 'POST https://api.contextual.ai/v1/agents/a1/query',
    request: { messages: [], stream: false },
    response: { conversation_id: 'c1', message_id: 'm1', message: {} },
  })
  expect(request).toEqual({ operation: 'invoke_agent', agentId: 'a1', stream: false })
  expect(response).toEqual({ id: 'm1', conversationId: 'c1' })
})
