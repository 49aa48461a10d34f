import { describe, expect, test } from 'vitest'
import { readExchange } from './support/exchange.ts'

describe('google-batches', () => {
  const answer = (thoughtsTokenCount: number): object => ({
    response: {
      candidates: [{ content: { parts: [{ text: 'yes' }] }, finishReason: 'STOP' }],
      usageMetadata: {
        promptTokenCount: 20,
        candidatesTokenCount: 5,
        thoughtsTokenCount,
        totalTokenCount: 25 + thoughtsTokenCount,
      },
      modelVersion: 'gemini-2.5-flash',
    },
  })
  const output = { inlinedResponses: { inlinedResponses: [answer(30), { error: { code: 3 } }, answer(40)] } }
  const done = {
    name: 'batches/b1',
    metadata: { model: 'models/gemini-2.5-flash', state: 'BATCH_STATE_SUCCEEDED', output },
    done: true,
    response: output,
  }

  test('a batch is created without usage', () => {
    const created = { name: 'batches/b1', metadata: { model: 'models/m', state: 'BATCH_STATE_PENDING' } }
    expect(
      readExchange({
        call: 'POST /v1beta/models/m:batchGenerateContent',
        request: { batch: { inputConfig: {} } },
        response: created,
      }),
    ).toEqual({
      flavor: 'google-batches',
      request: { operation: 'create_batch', batch: true, model: 'm' },
      response: { id: 'batches/b1', model: 'm', status: 'BATCH_STATE_PENDING' },
    })
  })

  test('its answers, which it has twice, are added up once', () => {
    const { request, response } = readExchange({ call: 'GET /v1beta/batches/b1', response: done })
    expect(request).toEqual({ operation: 'fetch_batch_results', batch: true })
    expect(response).toEqual({
      id: 'batches/b1',
      model: 'gemini-2.5-flash',
      status: 'BATCH_STATE_SUCCEEDED',
      batch: true,
      usage: { inputTokens: 40, outputTokens: 80, reasoningTokens: 70 },
    })
  })
})

describe('mistral-batches', () => {
  const job = { id: 'j1', object: 'batch', model: 'mistral-small-latest', errors: [] }
  const answer = {
    custom_id: '1',
    response: {
      status_code: 200,
      body: {
        model: 'mistral-small-2603',
        choices: [],
        usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
      },
    },
  }

  test('a job is created without usage', () => {
    expect(
      readExchange({
        call: 'POST /v1/batch/jobs',
        request: { endpoint: '/v1/chat/completions', model: 'mistral-small-latest' },
        response: { ...job, status: 'QUEUED', outputs: null },
      }),
    ).toEqual({
      flavor: 'mistral-batches',
      request: { operation: 'create_batch', batch: true, model: 'mistral-small-latest' },
      response: { id: 'j1', model: 'mistral-small-latest', status: 'QUEUED' },
    })
  })

  test('the answers in it are added up', () => {
    const failed = { custom_id: '2', response: null, error: { message: 'x' } }
    const { response } = readExchange({
      call: 'GET https://api.mistral.ai/v1/batch/jobs/j1',
      response: { ...job, status: 'SUCCESS', outputs: [answer, failed, answer] },
    })
    expect(response).toEqual({
      id: 'j1',
      model: 'mistral-small-2603',
      status: 'SUCCESS',
      batch: true,
      usage: { inputTokens: 18, outputTokens: 8 },
    })
  })
})

describe('cohere-batches', () => {
  const batch = { id: 'b1', name: 'n', model: 'command-a-03-2025', input_dataset_id: 'd1' }

  test('a batch is created without usage', () => {
    const { id: _, ...request } = batch
    expect(
      readExchange({
        call: 'POST https://api.cohere.com/v2/batches',
        request,
        response: { batch: { ...batch, status: 'BATCH_STATUS_QUEUED', input_tokens: '0' } },
      }),
    ).toEqual({
      flavor: 'cohere-batches',
      request: { operation: 'create_batch', batch: true, model: batch.model },
      response: { id: 'b1', model: batch.model, status: 'BATCH_STATUS_QUEUED' },
    })
  })

  test('what it used is known once it is completed', () => {
    const responses = ['BATCH_STATUS_IN_PROGRESS', 'BATCH_STATUS_COMPLETED'].map(
      (status) =>
        readExchange({
          call: 'GET https://api.cohere.com/v2/batches/b1',
          response: { batch: { ...batch, status, input_tokens: '1200', output_tokens: '34' } },
        }).response,
    )
    expect(responses.map((response) => response?.usage)).toEqual([
      undefined,
      { inputTokens: 1200, outputTokens: 34 },
    ])
  })
})

describe('openai-batches', () => {
  test("a page of xAI's results is added up, what they cost too", () => {
    const result = (usage: object): object => ({
      batch_result: { response: { chat_get_completion: { model: 'grok-4.3', choices: [], usage } } },
    })
    const { response } = readExchange({
      call: 'GET /v1/batches/batch_1/results',
      response: {
        results: [
          result({
            prompt_tokens: 200,
            completion_tokens: 1,
            total_tokens: 281,
            completion_tokens_details: { reasoning_tokens: 80 },
            cost_in_usd_ticks: 2_000_000,
          }),
          result({
            prompt_tokens: 100,
            completion_tokens: 9,
            total_tokens: 109,
            cost_in_usd_ticks: 1_000_000,
          }),
          { batch_result: { error: { message: 'x' } } },
        ],
      },
    })
    expect(response).toEqual({
      model: 'grok-4.3',
      batch: true,
      usage: { inputTokens: 300, outputTokens: 90, reasoningTokens: 80 },
      declaredCost: { amount: 0.0003, currency: 'USD' },
    })
  })

  test("OpenRouter's is created with its requests, and states what it cost", () => {
    expect(readExchange({ call: 'POST /api/v1/batches', request: { requests: [] } }).request).toEqual({
      operation: 'create_batch',
      batch: true,
    })
    const { response } = readExchange({
      call: 'GET /api/v1/batches/batch_1',
      response: {
        id: 'batch_1',
        status: 'completed',
        usage: { prompt_tokens: 10, completion_tokens: 20, cost: 0.01 },
      },
    })
    expect(response).toEqual({
      id: 'batch_1',
      status: 'completed',
      usage: { inputTokens: 10, outputTokens: 20 },
      declaredCost: { amount: 0.01, currency: 'USD' },
    })
  })
})

describe('vercel-batches', () => {
  test('a batch is started without usage', () => {
    expect(
      readExchange({
        call: 'POST https://ai-gateway.vercel.sh/v4/ai/batch/start',
        requestHeaders: { 'ai-model-id': 'openai/gpt-5' },
        request: { requests: [{ id: '1', type: 'text', modelId: 'openai/gpt-5', options: {} }] },
        response: { batchId: 'b1', status: 'pending' },
      }),
    ).toEqual({
      flavor: 'vercel-batches',
      request: { operation: 'create_batch', batch: true, model: 'openai/gpt-5' },
      response: { id: 'b1', status: 'pending' },
    })
  })

  test('its results are added up, with what the gateway takes for them', () => {
    const result = {
      content: [{ type: 'text', text: 'yes' }],
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: { inputTokens: { total: 9, cacheRead: 4 }, outputTokens: { total: 5, reasoning: 2 } },
      providerMetadata: { gateway: { cost: '0.0002' } },
      response: { id: 'r1', modelId: 'openai/gpt-5' },
    }
    const lines = [
      { id: '1', status: 'succeeded', result },
      { id: '2', status: 'failed', error: { message: 'no' } },
      { id: '3', status: 'succeeded', result },
    ]
    const { request, response } = readExchange({
      call: 'POST https://ai-gateway.vercel.sh/v4/ai/batch/results',
      request: { batchId: 'b1' },
      response: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    })
    expect(request).toEqual({ operation: 'fetch_batch_results', batch: true })
    expect(response).toEqual({
      model: 'openai/gpt-5',
      batch: true,
      usage: { inputTokens: 18, cacheReadTokens: 8, outputTokens: 10, reasoningTokens: 4 },
      declaredCost: { amount: 0.0004, currency: 'USD' },
    })
  })
})

describe('fireworks-batches', () => {
  const CALL = 'https://api.fireworks.ai/v1/accounts/a/batchInferenceJobs'
  const model = 'accounts/fireworks/models/llama-v3p1-8b-instruct'
  const job = {
    name: 'accounts/a/batchInferenceJobs/j1',
    model,
    jobProgress: { percent: 50, inputTokens: 900, outputTokens: 80, cachedInputTokenCount: 300 },
  }

  test('is created without usage', () => {
    const { request, response } = readExchange({
      call: `POST ${CALL}?batchInferenceJobId=j1`,
      request: { model, inputDatasetId: 'd' },
      response: { name: job.name, model, state: 'JOB_STATE_CREATING' },
    })
    expect(request).toEqual({ operation: 'create_batch', batch: true, model })
    expect(response).toEqual({ id: job.name, model, status: 'JOB_STATE_CREATING' })
  })

  test.each([
    ['JOB_STATE_RUNNING', {}],
    ['JOB_STATE_COMPLETED', { usage: { inputTokens: 900, cacheReadTokens: 300, outputTokens: 80 } }],
  ])('%s: what it used is reported once it is completed', (state, used) => {
    const { request, response } = readExchange({ call: `GET ${CALL}/j1`, response: { ...job, state } })
    expect(request).toEqual({ operation: 'fetch_batch_results', batch: true })
    expect(response).toEqual({ id: job.name, model, status: state, ...used })
  })
})
