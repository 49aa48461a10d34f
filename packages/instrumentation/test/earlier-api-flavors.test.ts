import { describe, expect, test } from 'vitest'
import { readExchange } from './support/exchange.ts'

test('answers from given passages by Gemini', () => {
  const { request, response } = readExchange({
    call: 'POST https://generativelanguage.googleapis.com/v1beta/models/aqa:generateAnswer',
    request: { contents: [], answerStyle: 'ABSTRACTIVE' },
    response: {
      answer: { content: {}, finishReason: 'STOP' },
      usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 3, totalTokenCount: 15 },
    },
  })
  expect(request).toEqual({ operation: 'generate_content', model: 'aqa' })
  expect(response).toMatchObject({ finishReasons: ['STOP'], usage: { inputTokens: 12, outputTokens: 3 } })
})

describe("Llama Stack's API before it spoke OpenAI's", () => {
  const METRICS = [
    { metric: 'prompt_tokens', value: 12, unit: null },
    { metric: 'completion_tokens', value: 5, unit: null },
    { metric: 'total_tokens', value: 17, unit: null },
  ]

  test('a chat', () => {
    const { request, response } = readExchange({
      call: 'POST http://localhost:8321/v1/inference/chat-completion',
      request: {
        model_id: 'meta-llama/Llama-3.2-3B-Instruct',
        messages: [],
        sampling_params: { strategy: { type: 'top_p', temperature: 0.2, top_p: 0.9 }, max_tokens: 64 },
      },
      response: {
        metrics: METRICS,
        completion_message: { role: 'assistant', content: 'x', stop_reason: 'end_of_turn' },
      },
    })
    expect(request).toEqual({
      operation: 'chat',
      model: 'meta-llama/Llama-3.2-3B-Instruct',
      maxTokens: 64,
      temperature: 0.2,
      topP: 0.9,
    })
    expect(response).toEqual({
      finishReasons: ['end_of_turn'],
      usage: { inputTokens: 12, outputTokens: 5 },
    })
  })

  test('a chat that is streamed', () => {
    const { request, response } = readExchange({
      call: 'POST http://localhost:8321/v1/inference/chat-completion',
      request: { model_id: 'm', messages: [], stream: true },
      response: [
        { event: { event_type: 'progress', delta: { type: 'text', text: 'x' } } },
        { event: { event_type: 'complete', delta: {}, stop_reason: 'end_of_turn' }, metrics: METRICS },
      ]
        .map((event) => `data: ${JSON.stringify(event)}\n\n`)
        .join(''),
    })
    expect(request).toEqual({ operation: 'chat', model: 'm', stream: true })
    expect(response).toEqual({
      finishReasons: ['end_of_turn'],
      usage: { inputTokens: 12, outputTokens: 5 },
    })
  })

  test('one who asks for something else at its path is not', () => {
    const exchange = { call: 'POST /v1/inference/completion', request: { prompt: 'x' } }
    expect(readExchange(exchange).request).toBeUndefined()
  })
})

describe("Baidu's API before it spoke OpenAI's", () => {
  const WORKSHOP = 'POST https://aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop'

  test('a completion', () => {
    const { request, response } = readExchange({
      call: `${WORKSHOP}/completions/sqlcoder_7b?access_token=t`,
      request: { prompt: 'x', temperature: 0.3 },
      response: {
        id: 'as-1',
        object: 'completion',
        result: 'SELECT',
        usage: { prompt_tokens: 8, completion_tokens: 2, total_tokens: 10 },
      },
    })
    expect(request).toMatchObject({
      operation: 'text_completion',
      model: 'sqlcoder_7b',
      temperature: 0.3,
    })
    expect(response).toEqual({ id: 'as-1', usage: { inputTokens: 8, outputTokens: 2 } })
  })

  test('texts put in an order', () => {
    const { request, response } = readExchange({
      call: `${WORKSHOP}/reranker/bce_reranker_base`,
      request: { query: 'q', documents: ['a'] },
      response: { id: 'as-2', results: [], usage: { prompt_tokens: 8, total_tokens: 8 } },
    })
    expect(request).toEqual({ operation: 'rerank', model: 'bce_reranker_base' })
    expect(response).toEqual({ id: 'as-2', usage: { inputTokens: 8 } })
  })
})

describe("Cohere's embed jobs", () => {
  test('are made', () => {
    const { request, response } = readExchange({
      call: 'POST https://api.cohere.com/v1/embed-jobs',
      request: { model: 'embed-v4.0', dataset_id: 'd', input_type: 'search_document' },
      response: { job_id: 'j1', meta: {} },
    })
    expect(request).toEqual({ operation: 'create_batch', batch: true, model: 'embed-v4.0' })
    expect(response).toEqual({ id: 'j1' })
  })

  test.each([
    ['complete', { usage: { inputTokens: 500 } }],
    ['processing', {}],
  ])('say what was billed once they are complete: %s', (status, used) => {
    const { request, response } = readExchange({
      call: 'GET https://api.cohere.com/v1/embed-jobs/j1',
      response: {
        job_id: 'j1',
        status,
        model: 'embed-v4.0',
        meta: { billed_units: { input_tokens: 500 } },
      },
    })
    expect(request).toEqual({ operation: 'fetch_batch_results', batch: true })
    expect(response).toEqual({ id: 'j1', model: 'embed-v4.0', status, ...used })
  })
})
