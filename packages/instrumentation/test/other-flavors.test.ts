import { describe, expect, test } from 'vitest'
import { ollamaChat } from '../src/flavors/ollama-chat.ts'
import { ollamaGenerate } from '../src/flavors/ollama-generate.ts'
import { rerank } from '../src/flavors/rerank.ts'
import { edgesOf, readExchange, serverSentEvents } from './support/exchange.ts'

const lines = (...objects: object[]): string =>
  objects.map((object) => `${JSON.stringify(object)}\n`).join('')

describe('Bedrock', () => {
  test('Converse leaves the cache out of its input', () => {
    const { request, response } = readExchange({
      call: 'POST /model/arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-lite-v1:0/converse',
      request: {
        messages: [],
        inferenceConfig: { maxTokens: 5, temperature: 0, topP: 1, stopSequences: ['x'] },
        outputConfig: { effort: 'high' },
      },
      response: {
        stopReason: 'end_turn',
        usage: {
          inputTokens: 10,
          cacheReadInputTokens: 100,
          cacheWriteInputTokens: 20,
          cacheDetails: [
            { ttl: '1h', inputTokens: 15 },
            { ttl: '5m', inputTokens: 5 },
          ],
          outputTokens: 7,
        },
        serviceTier: { type: 'priority' },
      },
    })
    expect(request).toEqual({
      operation: 'chat',
      model: 'arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-lite-v1:0',
      maxTokens: 5,
      temperature: 0,
      topP: 1,
      stopSequences: ['x'],
      reasoningEffort: 'high',
    })
    expect(response).toEqual({
      finishReasons: ['end_turn'],
      serviceTier: 'priority',
      usage: {
        inputTokens: 130,
        cacheReadTokens: 100,
        cacheWriteTokens: 20,
        cacheWrite5mTokens: 5,
        cacheWrite1hTokens: 15,
        outputTokens: 7,
      },
    })
  })

  const counted = { inputTokens: 3, outputTokens: 4 }
  test.each([
    [
      'Anthropic',
      { id: 'm', model: 'c', stop_reason: 'stop', usage: { input_tokens: 3, output_tokens: 4 } },
      counted,
    ],
    ['Nova', { stopReason: 'stop', usage: { inputTokens: 3, outputTokens: 4 } }, counted],
    ['Titan', { inputTextTokenCount: 3, results: [{ tokenCount: 4, completionReason: 'stop' }] }, counted],
    [
      'Llama',
      { generation: 'x', prompt_token_count: 3, generation_token_count: 4, stop_reason: 'stop' },
      counted,
    ],
    [
      'Jamba',
      { choices: [{ finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 4 } },
      counted,
    ],
    ['Mistral', { outputs: [{ text: 'x', stop_reason: 'stop' }] }, { inputTokens: 1, outputTokens: 2 }],
    ['Command R', { text: 'x', finish_reason: 'stop' }, { inputTokens: 1, outputTokens: 2 }],
    [
      'Command',
      { id: 'c', generations: [{ id: 'g', finish_reason: 'stop' }] },
      { inputTokens: 1, outputTokens: 2 },
    ],
    [
      'Jurassic',
      { completions: [{ finishReason: { reason: 'stop' } }] },
      { inputTokens: 1, outputTokens: 2 },
    ],
    ['Pegasus', { message: 'x', finishReason: 'stop' }, { inputTokens: 1, outputTokens: 2 }],
    [
      'Nova, masked by a guardrail',
      { stopReason: 'stop', usage: { inputTokens: 30 } },
      { inputTokens: 30, outputTokens: 2 },
    ],
  ])('InvokeModel reads a body of %s, else the headers', (_, response, usage) => {
    const read = readExchange({
      call: 'POST /model/some.model-v1%3A0/invoke',
      request: { prompt: 'x', max_gen_len: 9 },
      response,
      responseHeaders: { 'x-amzn-bedrock-input-token-count': '1', 'x-amzn-bedrock-output-token-count': '2' },
    })
    expect(read.request).toEqual({ operation: 'text_completion', model: 'some.model-v1:0', maxTokens: 9 })
    expect(read.response?.usage).toEqual(usage)
    expect(read.response?.finishReasons).toEqual(['stop'])
  })

  test('Converse may count one side only', () => {
    const { response } = readExchange({
      call: 'POST /model/m/converse',
      request: {},
      response: { stopReason: 'max_tokens', usage: { outputTokens: 7 } },
    })
    expect(response).toEqual({ finishReasons: ['max_tokens'], usage: { outputTokens: 7 } })
  })

  test.each([
    ['Cohere', { texts: ['x'], input_type: 'search_query' }],
    ['Nova', { taskType: 'SINGLE_EMBEDDING', singleEmbeddingParams: { text: { value: 'x' } } }],
    ['Titan', { inputText: 'x', normalize: true }],
  ])('what is to be embedded by %s is told by the body where the model is an ARN', (_, request) => {
    const read = readExchange({
      call: 'POST /model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fabc/invoke',
      request,
      response: { id: 'e', embeddings: [[0.1]] },
      responseHeaders: { 'x-amzn-bedrock-input-token-count': '1' },
    })
    expect(read.request).toEqual({
      operation: 'embeddings',
      model: 'arn:aws:bedrock:us-east-1:1:application-inference-profile/abc',
    })
    expect(read.response).toEqual({ id: 'e', usage: { inputTokens: 1 } })
  })

  test.each([
    ['converse', { stopReason: 'end_turn', performanceConfig: { latency: 'optimized' } }, {}],
    [
      'invoke',
      { stop_reason: 'end_turn' },
      { 'x-amzn-bedrock-performanceconfig-latency': 'optimized', 'x-amzn-bedrock-service-tier': 'priority' },
    ],
  ])('%s says how fast it was served', (verb, response, responseHeaders) => {
    const read = readExchange({
      call: `POST /model/m/${verb}`,
      request: { messages: [], performanceConfig: { latency: 'optimized' } },
      response,
      responseHeaders,
    })
    expect(read.response).toMatchObject({ finishReasons: ['end_turn'], speed: 'optimized' })
  })

  test('names an error by its header', () => {
    const { response } = readExchange({
      call: 'POST /model/m/converse',
      request: {},
      status: 400,
      response: { message: 'Wrong' },
      responseHeaders: { 'x-amzn-errortype': 'ValidationException:http://internal.amazon.com/' },
    })
    expect(response).toEqual({ error: { type: 'ValidationException', message: 'Wrong' } })
  })
})

describe('Cohere', () => {
  const meta = {
    billed_units: { input_tokens: 5, output_tokens: 6 },
    tokens: { input_tokens: 70, output_tokens: 8 },
  }
  const read = {
    id: 'g',
    finishReasons: ['COMPLETE'],
    usage: { inputTokens: 70, billedInputTokens: 5, outputTokens: 8, billedOutputTokens: 6 },
  }

  test.each([
    ['v1', { response_id: 'r', generation_id: 'g', finish_reason: 'COMPLETE', meta }],
    [
      'v1 stream',
      lines(
        { event_type: 'stream-start', generation_id: 'g' },
        { event_type: 'text-generation', text: 'a' },
        {
          event_type: 'stream-end',
          finish_reason: 'COMPLETE',
          response: { response_id: 'r', generation_id: 'g', meta },
        },
      ),
    ],
    ['v2', { id: 'g', finish_reason: 'COMPLETE', usage: meta }],
    [
      'v2 stream',
      serverSentEvents(
        { type: 'message-start', id: 'g' },
        { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage: meta } },
      ),
    ],
  ])('chat %s counts all tokens, and says how many of them are billed', (_, response) => {
    const request = { message: 'x', stream: false }
    expect(readExchange({ call: 'POST /v1/chat', request, response }).response).toEqual(read)
  })

  test.each([
    ['/v1/chat', { message: 'x' }],
    ['/v1/generate', { prompt: 'x' }],
  ])('%s with %j is Cohere’s on its own host; elsewhere it may be an app’s own', (path, request) => {
    expect(readExchange({ call: `POST https://api.cohere.com${path}`, request }).request).toBeDefined()
    expect(readExchange({ call: `POST ${path}`, request }).request).toBeUndefined()
  })

  test('behind a gateway, an answer in the shape of OpenAI under the same path is read as one', () => {
    const response = {
      id: 'c',
      model: 'palmyra',
      choices: [{ finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 2 },
    }
    const request = { model: 'palmyra', messages: [] }
    expect(readExchange({ call: 'POST /v1/chat', request, response }).response).toEqual({
      id: 'c',
      model: 'palmyra',
      finishReasons: ['stop'],
      usage: { inputTokens: 1, outputTokens: 2 },
    })
  })

  test.each([
    ['Cohere', { id: 'r', meta: { billed_units: { search_units: 2 } } }, { searchUnits: 2 }],
    ['Voyage', { model: 'rerank-2', usage: { total_tokens: 26 } }, { inputTokens: 26 }],
    ['OpenRouter', { usage: { search_units: 1, cost: 0.002 } }, { searchUnits: 1 }],
  ])('rerank of %s states searches or tokens', (_, response, usage) => {
    expect(
      readExchange({ call: 'POST /v1/rerank', request: { query: 'q', documents: [] }, response }).response
        ?.usage,
    ).toEqual(usage)
  })

  test('a chat is one where a longer history than is held stands before the message', () => {
    const request = '{"model":"command-r-plus","chat_history":[{"role":"USER","message":"Hel'
    expect(readExchange({ call: 'POST https://api.cohere.com/v1/chat', request }).request).toEqual({
      operation: 'chat',
      model: 'command-r-plus',
    })
  })

  test('parsing states its pages', () => {
    expect(
      readExchange({
        call: 'POST /v2/parse',
        request: { model: 'parse-v5.0', document: { type: 'image_url' }, output_format: 'markdown' },
        response: {
          id: 'p',
          pages: [{}, {}],
          meta: { billed_units: { pages: 2 } },
          finish_reason: 'COMPLETE',
        },
      }),
    ).toEqual({
      flavor: 'cohere-parse',
      request: { operation: 'generate_content', outputType: 'text', model: 'parse-v5.0' },
      response: { id: 'p', finishReasons: ['COMPLETE'], usage: { pages: 2 } },
    })
  })

  test('a rerank is one where more documents than are held stand before the query', () => {
    const { body } = edgesOf({ documents: ['x'.repeat(200)], query: 'q', model: 'rerank-v3.5' }, 60)
    const head = { method: 'POST', protocol: 'https:', host: 'api.cohere.com', port: undefined, query: '' }
    const request = { ...head, path: '/v2/rerank', header: () => undefined, body }
    expect(rerank.readRequest(request)).toEqual({ operation: 'rerank', model: 'rerank-v3.5' })
  })
})

describe('Others', () => {
  test('Aleph Alpha counts beside the completions', () => {
    const { request, response } = readExchange({
      call: 'POST https://api.aleph-alpha.com/complete',
      request: { model: 'luminous-base', prompt: [], maximum_tokens: 9 },
      response: {
        model_version: '2023-07',
        completions: [{ completion: 'x', finish_reason: 'maximum_tokens' }],
        num_tokens_prompt_total: 3,
        num_tokens_generated: 4,
      },
    })
    expect(request).toEqual({ operation: 'text_completion', model: 'luminous-base', maxTokens: 9 })
    expect(response).toEqual({
      finishReasons: ['maximum_tokens'],
      usage: { inputTokens: 3, outputTokens: 4 },
    })
  })

  test('Ollama streams unless told not to, and counts in the last line', () => {
    const { request, response } = readExchange({
      call: 'POST http://localhost:11434/api/chat',
      request: { model: 'llama3', messages: [], options: { num_predict: 9, temperature: 0 }, format: 'json' },
      response: lines(
        { model: 'llama3', done: false },
        {
          model: 'llama3',
          done: true,
          done_reason: 'stop',
          prompt_eval_count: 3,
          prompt_eval_cached_count: 2,
          eval_count: 4,
        },
      ),
    })
    expect(request).toEqual({
      operation: 'chat',
      model: 'llama3',
      stream: true,
      maxTokens: 9,
      temperature: 0,
      outputType: 'json',
    })
    expect(response).toEqual({
      model: 'llama3',
      finishReasons: ['stop'],
      usage: { inputTokens: 3, cacheReadTokens: 2, outputTokens: 4 },
    })
  })

  test('Ollama counts what was cached behind an answer too large to be held whole, too', () => {
    const document = {
      model: 'llama3',
      message: { content: 'x'.repeat(200) },
      prompt_eval_count: 3,
      prompt_eval_cached_count: 2,
      eval_count: 4,
    }
    for (const flavor of [ollamaChat, ollamaGenerate]) {
      const response = flavor.readResponse(edgesOf(document, 100), { operation: 'chat' })
      expect(response.usage).toEqual({ inputTokens: 3, cacheReadTokens: 2, outputTokens: 4 })
    }
  })

  test('Mistral OCR is billed by the page', () => {
    const { response } = readExchange({
      call: 'POST /v1/ocr',
      request: { model: 'mistral-ocr-latest', document: {} },
      response: { pages: [], model: 'mistral-ocr-2503', usage_info: { pages_processed: 3 } },
    })
    expect(response).toEqual({ model: 'mistral-ocr-2503', usage: { pages: 3 } })
  })

  test('a Mistral conversation counts what its connectors read as input', () => {
    const { request, response } = readExchange({
      call: 'POST /v1/conversations',
      request: {
        model: 'mistral-medium-latest',
        inputs: 'x',
        completion_args: {
          max_tokens: 9,
          random_seed: 1,
          stop: 'end',
          response_format: { type: 'json_object' },
        },
      },
      response: {
        conversation_id: 'conv',
        outputs: [{ type: 'message.output', model: 'mistral-medium-2505' }],
        usage: {
          prompt_tokens: 10,
          completion_tokens: 5,
          total_tokens: 115,
          connector_tokens: 100,
          connectors: { web_search: 1 },
        },
      },
    })
    expect(request).toEqual({
      operation: 'chat',
      model: 'mistral-medium-latest',
      maxTokens: 9,
      seed: 1,
      stopSequences: ['end'],
      outputType: 'json',
    })
    expect(response).toEqual({
      conversationId: 'conv',
      model: 'mistral-medium-2505',
      usage: { inputTokens: 110, outputTokens: 5 },
      toolRequests: { web_search: 1 },
    })
  })

  test('a streamed one names its model in what it puts out', () => {
    const response = serverSentEvents(
      { type: 'conversation.response.started', conversation_id: 'conv' },
      { type: 'message.output.delta', model: 'mistral-medium-2505', content: 'x' },
      { type: 'conversation.response.done', usage: { prompt_tokens: 10, completion_tokens: 5 } },
    )
    const request = { model: 'mistral-medium-latest', inputs: 'x', stream: true }
    expect(readExchange({ call: 'POST /v1/conversations', request, response }).response).toEqual({
      conversationId: 'conv',
      model: 'mistral-medium-2505',
      usage: { inputTokens: 10, outputTokens: 5 },
    })
  })

  test('a conversation of Mistral may fail in the middle of a stream', () => {
    const { response } = readExchange({
      call: 'POST /v1/conversations',
      request: { model: 'mistral-medium-latest', inputs: 'x', stream: true },
      response: serverSentEvents(
        { type: 'conversation.response.started', conversation_id: 'conv' },
        { type: 'conversation.response.error', message: 'Internal error', code: 3000 },
      ),
    })
    expect(response).toEqual({
      conversationId: 'conv',
      error: { type: '3000', message: 'Internal error' },
    })
  })

  describe('Oracle', () => {
    const call = 'POST https://inference.generativeai.us-chicago-1.oci.oraclecloud.com/20231130/actions/chat'
    const servingMode = { servingType: 'ON_DEMAND', modelId: 'meta.llama-3.3-70b-instruct' }
    const usage = {
      promptTokens: 10,
      completionTokens: 5,
      totalTokens: 15,
      promptTokensDetails: { cachedTokens: 4 },
      completionTokensDetails: { reasoningTokens: 2 },
    }
    const read = { inputTokens: 10, cacheReadTokens: 4, outputTokens: 5, reasoningTokens: 2 }

    test.each([
      ['the generic format', { choices: [{ index: 0, finishReason: 'length' }], usage }, 'length'],
      ["Cohere's format", { text: 'x', finishReason: 'COMPLETE', usage }, 'COMPLETE'],
    ])('wraps an answer in %s', (_, chatResponse, reason) => {
      const exchange = readExchange({
        call,
        request: { compartmentId: 'c', servingMode, chatRequest: { maxTokens: 5, temperature: 0.5 } },
        response: { modelId: 'meta.llama-3.3-70b-instruct', modelVersion: '1.0', chatResponse },
      })
      expect(exchange).toEqual({
        flavor: 'oracle-chat',
        request: { operation: 'chat', model: servingMode.modelId, maxTokens: 5, temperature: 0.5 },
        response: { model: servingMode.modelId, finishReasons: [reason], usage: read },
      })
    })

    test('states the usage of a stream in an event of its own, where it was asked for', () => {
      const chatRequest = { isStream: true, streamOptions: { isIncludeUsage: true } }
      const exchange = readExchange({
        call,
        request: { compartmentId: 'c', servingMode, chatRequest },
        response: serverSentEvents(
          { index: 0, message: { role: 'ASSISTANT', content: [{ type: 'TEXT', text: 'x' }] }, pad: 'aa' },
          { finishReason: 'stop', pad: 'aaa' },
          { usage },
        ),
      })
      expect(exchange.request).toMatchObject({ stream: true, streamUsageRequested: true })
      expect(exchange.response).toEqual({ finishReasons: ['stop'], usage: read })
    })
  })

  test('Oracle counts the tokens of each text to be embedded', () => {
    const { request, response } = readExchange({
      call: 'POST /20231130/actions/embedText',
      request: {
        servingMode: { servingType: 'ON_DEMAND', modelId: 'cohere.embed-v4.0' },
        inputs: ['a', 'b'],
      },
      response: { id: 'e', modelId: 'cohere.embed-v4.0', embeddings: [[0.1]], inputTextTokenCounts: [3, 4] },
    })
    expect(request).toEqual({ operation: 'embeddings', model: 'cohere.embed-v4.0' })
    expect(response).toEqual({ id: 'e', model: 'cohere.embed-v4.0', usage: { inputTokens: 7 } })
  })

  const yandex = (status: string, completionTokens: string): object => ({
    result: {
      alternatives: [{ message: { role: 'assistant', text: 'x' }, status }],
      usage: { inputTextTokens: '67', completionTokens, totalTokens: '99' },
      modelVersion: '23.10.2024',
    },
  })
  test.each([
    ['whole', yandex('ALTERNATIVE_STATUS_FINAL', '32')],
    ['streamed', lines(yandex('ALTERNATIVE_STATUS_PARTIAL', '5'), yandex('ALTERNATIVE_STATUS_FINAL', '32'))],
  ])('Yandex writes its counts as texts, %s', (_, response) => {
    const read = readExchange({
      call: 'POST https://llm.api.cloud.yandex.net/foundationModels/v1/completion',
      request: {
        modelUri: 'gpt://folder/yandexgpt/latest',
        completionOptions: { stream: true, temperature: 0.6, maxTokens: '100' },
        messages: [{ role: 'user', text: 'x' }],
      },
      response,
    })
    expect(read.request).toEqual({
      operation: 'chat',
      model: 'gpt://folder/yandexgpt/latest',
      stream: true,
      temperature: 0.6,
      maxTokens: 100,
    })
    expect(read.response).toEqual({
      finishReasons: ['ALTERNATIVE_STATUS_FINAL'],
      usage: { inputTokens: 67, outputTokens: 32 },
    })
  })

  test('Replicate names the model in the path and measures time', () => {
    const { request, response } = readExchange({
      call: 'POST /v1/models/meta/llama-3-70b/predictions',
      request: { input: { prompt: 'x', max_tokens: 5 } },
      response: {
        id: 'p',
        model: 'meta/llama-3-70b',
        status: 'succeeded',
        error: null,
        metrics: { input_token_count: 3, output_token_count: 4, predict_time: 1.5 },
      },
    })
    expect(request).toEqual({
      operation: 'text_completion',
      background: true,
      model: 'meta/llama-3-70b',
      maxTokens: 5,
    })
    expect(response).toEqual({
      id: 'p',
      model: 'meta/llama-3-70b',
      status: 'succeeded',
      usage: { inputTokens: 3, outputTokens: 4, seconds: 1.5 },
    })
  })

  const generated = { inputTokens: 3, outputTokens: 4 }
  test.each([
    [
      'whole',
      '',
      {
        model_id: 'ibm/granite',
        results: [{ generated_token_count: 4, input_token_count: 3, stop_reason: 'eos_token' }],
      },
    ],
    [
      'streamed',
      '_stream',
      serverSentEvents(
        {},
        {
          model_id: 'ibm/granite',
          results: [{ generated_token_count: 1, input_token_count: 3, stop_reason: 'not_finished' }],
        },
        {
          model_id: 'ibm/granite',
          results: [{ generated_token_count: 4, input_token_count: 0, stop_reason: 'eos_token' }],
        },
      ),
    ],
  ])('watsonx generation is read %s, in its beta too', (_, suffix, response) => {
    for (const path of ['/ml/v1/text/generation', '/ml/v1-beta/generation/text']) {
      const read = readExchange({
        call: `POST ${path}${suffix}`,
        request: { model_id: 'ibm/granite', input: 'x' },
        response,
      })
      expect(read.request?.operation).toBe('text_completion')
      expect(read.request?.model).toBe('ibm/granite')
      expect(read.response).toEqual({ model: 'ibm/granite', finishReasons: ['eos_token'], usage: generated })
    }
  })

  test('watsonx may fail in the middle of a stream', () => {
    const { response } = readExchange({
      call: 'POST /ml/v1/text/generation_stream',
      request: { model_id: 'ibm/granite', input: 'x' },
      response: serverSentEvents(
        { model_id: 'ibm/granite', results: [{ generated_token_count: 0, input_token_count: 3 }] },
        { errors: [{ code: 'downstream_request_failed', message: 'No' }], trace: 't', status_code: 500 },
      ),
    })
    expect(response).toEqual({
      usage: { inputTokens: 3 },
      error: { type: 'downstream_request_failed', message: 'No' },
    })
  })

  test.each([
    [
      'an array',
      [
        {
          generated_text: 'x',
          details: { finish_reason: 'length', generated_tokens: 4, prefill: [{}, {}, {}] },
        },
      ],
      {},
    ],
    [
      'a stream',
      serverSentEvents(
        { token: {}, details: null },
        {
          token: {},
          generated_text: 'x',
          details: { finish_reason: 'length', generated_tokens: 4, input_length: 3 },
        },
      ),
      {},
    ],
    [
      'headers',
      { generated_text: 'x', details: { finish_reason: 'length' } },
      { 'x-prompt-tokens': '3', 'x-generated-tokens': '4' },
    ],
  ])('the tokens of Hugging Face text generation stand in %s', (_, response, responseHeaders) => {
    const read = readExchange({
      call: 'POST /hf-inference/models/org/model',
      request: { inputs: 'x' },
      response,
      responseHeaders,
    })
    expect(read.request?.model).toBe('org/model')
    expect(read.response).toEqual({ finishReasons: ['length'], usage: generated })
  })

  test('an image that Hugging Face makes is counted, and no text where its parameters tell', () => {
    const call = 'POST https://router.huggingface.co/hf-inference/models/stabilityai/sdxl'
    const parameters = { negative_prompt: 'blurry' }
    const answer = { responseHeaders: { 'content-type': 'image/jpeg' }, response: Buffer.from([0xff, 0xd8]) }
    const { request, response } = readExchange({ call, request: { inputs: 'A cat', parameters }, ...answer })
    expect(request).toEqual({
      operation: 'generate_content',
      outputType: 'image',
      model: 'stabilityai/sdxl',
    })
    expect(response).toEqual({ usage: { images: 1 } })
    expect(readExchange({ call, request: { inputs: 'A cat' }, ...answer }).response).toEqual(response)
  })

  test('at the one address of an endpoint of Hugging Face, parameters tell text generation', () => {
    const call = 'POST https://x.us-east-1.aws.endpoints.huggingface.cloud/'
    const request = { inputs: 'x', parameters: { max_new_tokens: 9 } }
    expect(readExchange({ call, request }).request).toEqual({ operation: 'text_completion', maxTokens: 9 })
    expect(readExchange({ call, request: { inputs: 'x' } }).request).toBeUndefined()
  })

  test.each(['image_count', 'output_image_count'])('DashScope counts images as %s', (name) => {
    const { response } = readExchange({
      call: 'POST /api/v1/services/aigc/multimodal-generation/generation',
      request: { model: 'qwen-image-plus', input: { messages: [] } },
      response: { request_id: 'r', output: { choices: [] }, usage: { [name]: 2 } },
    })
    expect(response).toEqual({ id: 'r', usage: { images: 2 } })
  })

  test('DashScope repeats the usage in every event', () => {
    const event = (finish_reason: string, output_tokens: number): object => ({
      output: { choices: [{ finish_reason }] },
      usage: {
        input_tokens: 3,
        output_tokens,
        total_tokens: 3 + output_tokens,
        prompt_tokens_details: { cached_tokens: 1 },
      },
      request_id: 'r',
    })
    const { request, response } = readExchange({
      call: 'POST /api/v1/services/aigc/multimodal-generation/generation',
      requestHeaders: { 'x-dashscope-sse': 'enable' },
      request: { model: 'qwen-vl-max', input: {}, parameters: { max_tokens: 9 } },
      response: serverSentEvents(event('null', 1), event('stop', 4)),
    })
    expect(request).toEqual({ operation: 'chat', model: 'qwen-vl-max', stream: true, maxTokens: 9 })
    expect(response).toEqual({
      id: 'r',
      finishReasons: ['stop'],
      usage: { ...generated, cacheReadTokens: 1 },
    })
  })

  test.each([
    ['second version', { inputTokens: 3, outputTokens: 4, cachedInputTokens: 1, reasoningTokens: 2 }, 'stop'],
    [
      'third version',
      { inputTokens: { total: 3, cacheRead: 1 }, outputTokens: { total: 4, reasoning: 2 } },
      { unified: 'stop', raw: 'stop' },
    ],
  ])("the AI SDK's protocol with Vercel's gateway, %s", (_, usage, finishReason) => {
    const { request, response } = readExchange({
      call: 'POST https://ai-gateway.vercel.sh/v1/ai/language-model',
      requestHeaders: { 'ai-language-model-id': 'openai/gpt-5', 'ai-language-model-streaming': 'true' },
      request: { prompt: [], maxOutputTokens: 9 },
      response: serverSentEvents(
        { type: 'response-metadata', id: 'r', modelId: 'gpt-5-2025-08-07' },
        { type: 'text-delta', delta: 'x' },
        { type: 'finish', finishReason, usage, providerMetadata: { gateway: { cost: '0.0012' } } },
      ),
    })
    expect(request).toEqual({ operation: 'chat', model: 'openai/gpt-5', stream: true, maxTokens: 9 })
    expect(response).toEqual({
      id: 'r',
      model: 'gpt-5-2025-08-07',
      finishReasons: ['stop'],
      usage: { ...generated, cacheReadTokens: 1, reasoningTokens: 2 },
      declaredCost: { amount: 0.0012, currency: 'USD' },
    })
  })

  test.each([
    [{ messages: [] }, 'chat'],
    [{ prompt: 'x' }, 'text_completion'],
    [{ input: 'x' }, 'embeddings'],
    [{ input: [{ role: 'user', content: 'x' }] }, 'chat'],
    [{ dataframe_records: [] }, undefined],
  ])('a served model is asked for what the body %j holds', (request, operation) => {
    const read = readExchange({ call: 'POST /serving-endpoints/my-model/invocations', request })
    expect(read.request?.operation).toBe(operation)
  })

  test('an agent that is served answers as the Responses API does', () => {
    const { response } = readExchange({
      call: 'POST /serving-endpoints/my-agent/invocations',
      request: { input: [{ role: 'user', content: 'x' }] },
      response: {
        id: 'resp_1',
        object: 'response',
        model: 'm',
        usage: { input_tokens: 3, output_tokens: 4, input_tokens_details: { cached_tokens: 1 } },
      },
    })
    expect(response).toEqual({ id: 'resp_1', model: 'm', usage: { ...generated, cacheReadTokens: 1 } })
  })

  test('Workers AI wraps its results', () => {
    const { request, response } = readExchange({
      call: 'POST /client/v4/accounts/a/ai/run/@cf/meta/llama-3.1-8b-instruct',
      request: { messages: [] },
      response: {
        result: { response: 'x', usage: { prompt_tokens: 3, completion_tokens: 4 } },
        success: true,
        errors: [],
      },
    })
    expect(request).toEqual({ operation: 'chat', model: '@cf/meta/llama-3.1-8b-instruct' })
    expect(response).toEqual({ usage: generated })
  })
})
