import { describe, expect, test } from 'vitest'
import { identifyingAttributes } from '../src/call/request-attributes.ts'
import { cloudflareUniversal } from '../src/flavors/cloudflare-universal.ts'
import { requestHeadFromUrl } from '../src/request-head.ts'
import { edgesOf, readExchange, serverSentEvents } from './support/exchange.ts'

describe('SGLang', () => {
  const request = {
    text: 'The capital of France is',
    sampling_params: { temperature: 0, max_new_tokens: 16, stop: ['\n'] },
  }
  const answer = {
    text: ' Paris',
    meta_info: {
      id: 'd0c1',
      finish_reason: { type: 'length', length: 16 },
      prompt_tokens: 6,
      completion_tokens: 16,
      cached_tokens: 5,
    },
  }
  const wanted = {
    id: 'd0c1',
    finishReasons: ['length'],
    usage: { inputTokens: 6, cacheReadTokens: 5, outputTokens: 16 },
  }

  test('has an API of its own on the path of the text generation server', () => {
    expect(readExchange({ call: 'POST /generate', request, response: answer })).toEqual({
      flavor: 'huggingface-text-generation',
      request: { operation: 'text_completion', maxTokens: 16, temperature: 0, stopSequences: ['\n'] },
      response: wanted,
    })
  })

  test('counts what there is so far in each event of a stream', () => {
    const soFar = {
      text: ' Pa',
      meta_info: { ...answer.meta_info, finish_reason: null, completion_tokens: 1 },
    }
    const { response } = readExchange({
      call: 'POST /generate',
      request: { ...request, stream: true },
      response: serverSentEvents(soFar, answer),
    })
    expect(response).toEqual(wanted)
  })

  test('answers several texts with a list, whose counts add up', () => {
    const other = { ...answer.meta_info, id: 'd0c2', finish_reason: { type: 'stop' }, prompt_tokens: 7 }
    const { response } = readExchange({
      call: 'POST /generate',
      request: { ...request, text: ['The capital of France is', 'The longest river of Africa is'] },
      response: [answer, { text: ' the Nile', meta_info: other }],
    })
    expect(response).toEqual({
      finishReasons: ['length', 'stop'],
      usage: { inputTokens: 13, cacheReadTokens: 10, outputTokens: 32 },
    })
  })

  test('counts the prompt of several samples with each of them', () => {
    const { response } = readExchange({
      call: 'POST /generate',
      request: { ...request, sampling_params: { n: 2 } },
      response: [answer, answer],
    })
    expect(response?.usage).toEqual({ inputTokens: 6, outputTokens: 32 })
  })

  test.each([{ text: 'a report' }, { template: 'invoice', inputs: [{ total: 12 }] }])(
    "an app's own /generate is none",
    (body) => {
      expect(readExchange({ call: 'POST /generate', request: body }).request).toBeUndefined()
    },
  )
})

test('Triton names the model in the path; parameters stand where the backend wants them', () => {
  const read = readExchange({
    call: 'POST /v2/models/ensemble/generate_stream',
    request: { text_input: 'Hi', max_tokens: 20, parameters: { temperature: 0.5 } },
    response: serverSentEvents({ model_name: 'ensemble', model_version: '1', text_output: ' there' }),
  })
  expect(read).toEqual({
    flavor: 'triton-generate',
    request: {
      operation: 'text_completion',
      model: 'ensemble',
      stream: true,
      maxTokens: 20,
      temperature: 0.5,
    },
    response: { model: 'ensemble' },
  })
})

describe('fal', () => {
  test('the path is the model, images are counted', () => {
    const read = readExchange({
      call: 'POST https://fal.run/fal-ai/flux/schnell',
      request: { prompt: 'A cat' },
      responseHeaders: { 'x-fal-request-id': 'r1' },
      response: { images: [{ url: 'https://a' }, { url: 'https://b' }], seed: 1 },
    })
    expect(read.request).toEqual({ operation: 'generate_content', model: 'fal-ai/flux/schnell' })
    expect(read.response).toEqual({ id: 'r1', usage: { images: 2 } })
  })

  test('what waits in the queue has made nothing yet', () => {
    const read = readExchange({
      call: 'POST https://queue.fal.run/fal-ai/flux/schnell',
      request: { prompt: 'A cat' },
      response: { request_id: 'r2', status: 'IN_QUEUE' },
    })
    expect(read.request).toMatchObject({ background: true })
    expect(read.response).toEqual({ id: 'r2' })
  })

  test('is counted where it is fetched', () => {
    const read = readExchange({
      call: 'GET https://queue.fal.run/fal-ai/flux/requests/r2',
      responseHeaders: { 'x-fal-request-id': 'r2' },
      response: { images: [{ url: 'https://a' }], seed: 1 },
    })
    expect(read.request).toEqual({ operation: 'fetch_response', responseId: 'r2' })
    expect(read.response).toEqual({ id: 'r2', fetched: { usage: { images: 1 } } })
  })
})

test('Black Forest Labs states its cost in credits of a cent', () => {
  const read = readExchange({
    call: 'POST https://api.bfl.ai/v1/flux-2-pro',
    request: { prompt: 'A cat' },
    response: { id: 'b1', polling_url: 'https://api.bfl.ai/v1/get_result?id=b1', cost: 3 },
  })
  expect(read.request).toEqual({ operation: 'generate_content', outputType: 'image', model: 'flux-2-pro' })
  expect(read.response).toEqual({
    id: 'b1',
    usage: { images: 1 },
    declaredCost: { amount: 0.03, currency: 'USD' },
  })
})

describe('Stability', () => {
  test.each([
    ['generate/ultra', '', 'stable-image-ultra'],
    ['edit/inpaint', '', 'inpaint'],
    [
      'generate/sd3',
      '--x\r\ncontent-disposition: form-data; name="model"\r\n\r\nsd3.5-large\r\n--x--',
      'sd3.5-large',
    ],
  ])('%s makes one image', (service, request, model) => {
    const read = readExchange({
      call: `POST https://api.stability.ai/v2beta/stable-image/${service}`,
      request,
      response: Buffer.from([0x89, 0x50]),
    })
    expect(read.request).toEqual({ operation: 'generate_content', outputType: 'image', model })
    expect(read.response).toEqual({ usage: { images: 1 } })
  })
})

describe("Venice's own API for images", () => {
  const call = 'POST https://api.venice.ai/api/v1/image/generate'

  test('makes as many as are asked for', () => {
    const read = readExchange({
      call,
      request: { model: 'qwen-image-2', prompt: 'A canal', variants: 2, width: 1024, height: 1024 },
      responseHeaders: { 'content-type': 'application/json' },
      response: { id: 'generate-image-1', images: ['UklGR', 'UklGS'], timing: { total: 1893 } },
    })
    expect(read.request).toEqual({
      operation: 'generate_content',
      outputType: 'image',
      model: 'qwen-image-2',
      choiceCount: 2,
    })
    expect(read.response).toEqual({ id: 'generate-image-1', usage: { images: 2 } })
  })

  test('makes one that is answered as it is', () => {
    const read = readExchange({
      call,
      request: { model: 'qwen-image-2', prompt: 'A canal', return_binary: true },
      responseHeaders: { 'content-type': 'image/webp' },
      response: Buffer.from([0x52, 0x49]),
    })
    expect(read.response).toEqual({ usage: { images: 1 } })
  })
})

test('Runway bills a video by the seconds that are asked for', () => {
  const read = readExchange({
    call: 'POST https://api.dev.runwayml.com/v1/image_to_video',
    request: { model: 'gen4_turbo', promptImage: 'https://a', duration: 5 },
    response: { id: 't1' },
  })
  expect(read.request).toEqual({
    operation: 'generate_content',
    background: true,
    model: 'gen4_turbo',
    seconds: 5,
  })
  expect(read.response).toEqual({ id: 't1', usage: { seconds: 5 } })
})

test('a prediction of Replicate that took longer than its request waited', () => {
  const read = readExchange({
    call: 'GET https://api.replicate.com/v1/predictions/p1',
    response: {
      id: 'p1',
      model: 'maker/video',
      status: 'succeeded',
      error: null,
      output: 'https://a',
      metrics: { predict_time: 71.5, total_time: 80 },
    },
  })
  expect(read.request).toEqual({ operation: 'fetch_response', responseId: 'p1' })
  expect(read.response).toEqual({
    id: 'p1',
    model: 'maker/video',
    status: 'succeeded',
    fetched: { usage: { seconds: 71.5 } },
  })
})

test('AssemblyAI transcribes in the background, and bills by the second', () => {
  const asked = readExchange({
    call: 'POST https://api.assemblyai.com/v2/transcript',
    request: { audio_url: 'https://a', speech_models: ['slam-1', 'universal'] },
    response: { id: 't1', status: 'queued', speech_model: null, audio_duration: null },
  })
  expect(asked.request).toEqual({
    operation: 'generate_content',
    outputType: 'text',
    background: true,
    model: 'slam-1',
  })
  expect(asked.response).toEqual({ id: 't1', status: 'queued' })

  const words = Array.from({ length: 9_000 }, (_, at) => ({ text: 'word', start: at, end: at + 1 }))
  const done = { id: 't1', status: 'completed', text: 'x', speech_model_used: 'universal' }
  for (const response of [
    { ...done, audio_duration: 281, words },
    { ...done, words, audio_duration: 281 },
  ]) {
    const fetched = readExchange({ call: 'GET https://api.assemblyai.com/v2/transcript/t1', response })
    expect(fetched.request).toEqual({ operation: 'fetch_response', responseId: 't1' })
    expect(fetched.response).toEqual({
      id: 't1',
      model: 'universal',
      status: 'completed',
      fetched: { usage: { seconds: 281 } },
    })
  }
})

describe("DeepInfra's own API states what it costs", () => {
  const status = { status: 'succeeded', runtime_ms: 85, cost: 0.0012 }
  const declaredCost = { amount: 0.0012, currency: 'USD' }

  test.each([
    [
      'text_completion',
      { input: 'x' },
      { results: [], inference_status: { ...status, tokens_generated: 4, tokens_input: 3 } },
      { inputTokens: 3, outputTokens: 4 },
    ],
    [
      'embeddings',
      { inputs: ['x'] },
      { embeddings: [[0.1]], input_tokens: 3, inference_status: { ...status, tokens_input: 3 } },
      { inputTokens: 3 },
    ],
    [
      'generate_content',
      { prompt: 'x' },
      { images: ['data:image/png;base64,A'], inference_status: { ...status, tokens_generated: null } },
      { images: 1 },
    ],
  ])('%s', (operation, request, response, usage) => {
    const read = readExchange({
      call: 'POST https://api.deepinfra.com/v1/inference/maker/model',
      request,
      response: { ...response, request_id: 'r1' },
    })
    expect(read.request).toEqual({ operation, model: 'maker/model' })
    expect(read.response).toEqual({ id: 'r1', usage, declaredCost })
  })
})

test("Mistral's OCR on Vertex AI is billed by the page, too", () => {
  const read = readExchange({
    call: 'POST https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/mistralai/models/mistral-ocr-2505:rawPredict',
    request: { model: 'mistral-ocr-2505', document: { type: 'document_url' } },
    response: { pages: [{}, {}], model: 'mistral-ocr-2505', usage_info: { pages_processed: 2 } },
  })
  expect(read.request).toEqual({
    operation: 'generate_content',
    outputType: 'text',
    model: 'mistral-ocr-2505',
  })
  expect(read.response).toEqual({ model: 'mistral-ocr-2505', usage: { pages: 2 } })
})

test('AssemblyAI: LeMUR counts tokens', () => {
  const read = readExchange({
    call: 'POST https://api.assemblyai.com/lemur/v3/generate/task',
    request: {
      prompt: 'Summarize',
      transcript_ids: ['t'],
      final_model: 'anthropic/claude-sonnet-4',
      max_output_size: 500,
    },
    response: { request_id: 'l1', response: 'x', usage: { input_tokens: 27, output_tokens: 3 } },
  })
  expect(read.request).toEqual({
    operation: 'text_completion',
    model: 'anthropic/claude-sonnet-4',
    maxTokens: 500,
  })
  expect(read.response).toEqual({ id: 'l1', usage: { inputTokens: 27, outputTokens: 3 } })
})

describe('Bedrock, asynchronously', () => {
  const call = 'POST https://bedrock-runtime.us-east-1.amazonaws.com/async-invoke'
  const response = { invocationArn: 'arn:aws:bedrock:us-east-1:1:async-invoke/x' }

  test.each([
    [{ videoGenerationConfig: { durationSeconds: 6 } }, 6],
    [{ prompt: 'A cat', duration: '5s' }, 5],
  ])('a video of %j is as long as was asked for', (modelInput, seconds) => {
    const read = readExchange({ call, request: { modelId: 'amazon.nova-reel-v1:1', modelInput }, response })
    expect(read.request).toEqual({
      operation: 'generate_content',
      background: true,
      model: 'amazon.nova-reel-v1:1',
      seconds,
    })
    expect(read.response).toEqual({ id: response.invocationArn, usage: { seconds } })
  })

  test('embeddings', () => {
    const request = { modelId: 'twelvelabs.marengo-embed-2-7-v1:0', modelInput: { inputType: 'video' } }
    expect(readExchange({ call, request, response }).request).toMatchObject({ operation: 'embeddings' })
  })
})

describe('classification', () => {
  test('by Jina is billed by the token', () => {
    const read = readExchange({
      call: 'POST https://api.jina.ai/v1/classify',
      request: { model: 'jina-embeddings-v3', input: ['x'], labels: ['a', 'b'] },
      response: { usage: { total_tokens: 196 }, data: [{ prediction: 'a' }] },
    })
    expect(read.request).toEqual({ operation: 'classification', model: 'jina-embeddings-v3' })
    expect(read.response).toEqual({ usage: { inputTokens: 196 } })
  })

  test("an app's own is none", () => {
    expect(readExchange({ call: 'POST /v1/classify', request: { input: 'x' } }).flavor).toBeUndefined()
  })
})

describe('CLOVA Studio', () => {
  const host = 'https://clovastudio.stream.ntruss.com'
  const usage = {
    promptTokens: 20,
    completionTokens: 30,
    totalTokens: 50,
    completionTokensDetails: { thinkingTokens: 12 },
  }

  test('the third version counts tokens, reasoning among them', () => {
    const read = readExchange({
      call: `POST ${host}/v3/chat-completions/HCX-007`,
      request: { messages: [], maxCompletionTokens: 100, topP: 0.8, topK: 0, thinking: { effort: 'low' } },
      response: { status: { code: '20000' }, result: { finishReason: 'stop', usage } },
    })
    expect(read.request).toEqual({
      operation: 'chat',
      model: 'HCX-007',
      maxTokens: 100,
      topP: 0.8,
      topK: 0,
      reasoningEffort: 'low',
    })
    expect(read.response).toEqual({
      finishReasons: ['stop'],
      usage: { inputTokens: 20, outputTokens: 30, reasoningTokens: 12 },
    })
  })

  test('the first has lengths, at the end of a stream too', () => {
    const read = readExchange({
      call: `POST ${host}/testapp/v1/chat-completions/HCX-003`,
      requestHeaders: { accept: 'text/event-stream' },
      request: { messages: [], stopBefore: ['x'] },
      responseHeaders: { 'content-type': 'text/event-stream' },
      response: [
        'id: 1\nevent: token\ndata: {"message":{"role":"assistant","content":"Hi"},"inputLength":9,"outputLength":1}\n\n',
        'id: 2\nevent: result\ndata: {"message":{"role":"assistant","content":"Hi there"},"stopReason":"stop_before","inputLength":9,"outputLength":2}\n\n',
      ].join(''),
    })
    expect(read.request).toEqual({ operation: 'chat', model: 'HCX-003', stream: true, stopSequences: ['x'] })
    expect(read.response).toEqual({
      finishReasons: ['stop_before'],
      usage: { inputTokens: 9, outputTokens: 2 },
    })
  })

  test('embeddings, and errors that have a number of their own', () => {
    const embedded = readExchange({
      call: `POST ${host}/v1/api-tools/embedding/v2`,
      request: { text: 'Hi' },
      response: { status: { code: '20000' }, result: { embedding: [0.1], inputTokens: 3 } },
    })
    expect(embedded.request).toEqual({ operation: 'embeddings', model: 'v2' })
    expect(embedded.response).toEqual({ usage: { inputTokens: 3 } })
    const failed = readExchange({
      call: `POST ${host}/v3/chat-completions/HCX-005`,
      request: { messages: [] },
      response: { status: { code: '42901', message: 'Too many requests' }, result: null },
    })
    expect(failed.response).toEqual({ error: { type: '42901', message: 'Too many requests' } })
  })
})

test('GigaChat counts cached tokens beside the input', () => {
  const { response } = readExchange({
    call: 'POST https://gigachat.devices.sberbank.ru/api/v1/chat/completions',
    request: { model: 'GigaChat-2', messages: [] },
    response: {
      model: 'GigaChat-2:2.0.28.2',
      choices: [{ finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 4, total_tokens: 5, precached_prompt_tokens: 37 },
    },
  })
  expect(response?.usage).toEqual({ inputTokens: 38, cacheReadTokens: 37, outputTokens: 4 })
})

test('Portkey’s gateway counts what Claude has in its cache beside the input', () => {
  const { response } = readExchange({
    call: 'POST https://api.portkey.ai/v1/chat/completions',
    request: { model: 'claude-sonnet-4-5', messages: [] },
    response: {
      model: 'claude-sonnet-4-5',
      usage: {
        prompt_tokens: 60,
        completion_tokens: 20,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 40 },
        cache_read_input_tokens: 40,
        cache_creation_input_tokens: 30,
      },
    },
  })
  expect(response?.usage).toEqual({
    inputTokens: 130,
    cacheReadTokens: 40,
    cacheWriteTokens: 30,
    outputTokens: 20,
  })
})

test.each([29, 219])('Grok on Azure counts cached tokens beside an input of %d', (prompt_tokens) => {
  const { response } = readExchange({
    call: 'POST https://x.services.ai.azure.com/models/chat/completions',
    request: { model: 'grok-4-1-fast-non-reasoning', messages: [] },
    response: {
      model: 'grok-4-1-fast-non-reasoning',
      usage: {
        prompt_tokens,
        completion_tokens: 6,
        total_tokens: prompt_tokens + 6,
        audio_prompt_tokens: 0,
        prompt_tokens_details: { cached_tokens: 157, text_tokens: prompt_tokens },
      },
    },
  })
  expect(response?.usage).toMatchObject({ inputTokens: prompt_tokens + 157, cacheReadTokens: 157 })
})

test('other models on Azure count cached tokens as input', () => {
  const { response } = readExchange({
    call: 'POST https://x.services.ai.azure.com/models/chat/completions',
    request: { model: 'Kimi-K2.5', messages: [] },
    response: {
      model: 'Kimi-K2.5',
      usage: {
        prompt_tokens: 286,
        completion_tokens: 6,
        total_tokens: 292,
        audio_prompt_tokens: 0,
        prompt_tokens_details: { cached_tokens: 157 },
      },
    },
  })
  expect(response?.usage).toMatchObject({ inputTokens: 286, cacheReadTokens: 157 })
})

test("Vercel's gateway counts reasoning beside the output, by the cost that it states", () => {
  const { response } = readExchange({
    call: 'POST https://ai-gateway.vercel.sh/v1/chat/completions',
    request: { model: 'google/gemini-3-pro-preview', messages: [] },
    response: {
      model: 'google/gemini-3-pro-preview',
      usage: {
        prompt_tokens: 40,
        completion_tokens: 14,
        total_tokens: 54,
        cost: 0.000764,
        market_cost: 0.000764,
        completion_tokens_details: { reasoning_tokens: 43 },
      },
    },
  })
  expect(response?.usage).toEqual({ inputTokens: 40, outputTokens: 57, reasoningTokens: 43 })
})

describe("OpenRouter's cost", () => {
  test.each([
    ['with its own key is what it charges', { cost: 0.5, is_byok: false }, 0.5, 0.5],
    ["with the customer's is its fee and the provider's bill", { cost: 0.25, is_byok: true }, 4, 4.25],
    [
      "with the customer's is unknown where it does not know the bill",
      { cost: 0, is_byok: true },
      null,
      undefined,
    ],
  ])('%s', (_, stated, upstream_inference_cost, amount) => {
    const { response } = readExchange({
      call: 'POST https://openrouter.ai/api/v1/chat/completions',
      request: { model: 'm', messages: [] },
      response: {
        usage: {
          prompt_tokens: 1,
          completion_tokens: 1,
          ...stated,
          cost_details: { upstream_inference_cost },
        },
      },
    })
    expect(response?.declaredCost).toEqual(amount === undefined ? undefined : { amount, currency: 'USD' })
  })
})

test('DeepInfra says what it will charge', () => {
  const { response } = readExchange({
    call: 'POST https://api.deepinfra.com/v1/openai/chat/completions',
    request: { model: 'm', messages: [] },
    response: { usage: { prompt_tokens: 15, completion_tokens: 16, estimated_cost: 0.0000268 } },
  })
  expect(response?.declaredCost).toEqual({ amount: 0.0000268, currency: 'USD' })
})

test.each([
  [
    'chat completions',
    'v1/chat/completions',
    { messages: [] },
    {
      usage: { prompt_tokens: 1, completion_tokens: 1, cost: 0.25, surcharge_cost: 0.5, gateway_cost: 0.75 },
    },
  ],
  [
    "the AI SDK's protocol",
    'v1/ai/language-model',
    { prompt: [] },
    { providerMetadata: { gateway: { cost: '0.25', surchargeCost: '0.5', gatewayCost: '0.75' } } },
  ],
])("Vercel's gateway charges surcharges beside the cost: %s", (_, path, request, response) => {
  const read = readExchange({ call: `POST https://ai-gateway.vercel.sh/${path}`, request, response })
  expect(read.response?.declaredCost).toEqual({ amount: 0.75, currency: 'USD' })
})

test.each([
  ['image', { prompt: 'x', n: 2 }, { operation: 'generate_content', outputType: 'image', choiceCount: 2 }, 2],
  ['reranking', { query: 'q', documents: {} }, { operation: 'rerank' }, undefined],
])("Vercel's gateway is asked by the AI SDK of a model for %s, too", (kind, asked, request, images) => {
  const read = readExchange({
    call: `POST https://ai-gateway.vercel.sh/v3/ai/${kind}-model`,
    requestHeaders: { 'ai-model-id': 'maker/model' },
    request: asked,
    response: { images: ['A'.repeat(3000)], providerMetadata: { gateway: { cost: '0.08' } } },
  })
  expect(read.request).toEqual({ ...request, model: 'maker/model' })
  expect(read.response).toEqual({
    declaredCost: { amount: 0.08, currency: 'USD' },
    ...(images && { usage: { images } }),
  })
})

test.each([
  ['a video', 'video', { prompt: 'x', n: 2, duration: 5 }, { seconds: 5, choiceCount: 2 }, { seconds: 10 }],
  ['speech', 'speech', { text: 'Hi!' }, { outputType: 'speech', characters: 3 }, { characters: 3 }],
  ['a transcript', 'transcription', { audio: 'AAAA' }, { outputType: 'text' }, { seconds: 2.5 }],
])(
  "Vercel's gateway is asked by the AI SDK for %s, billed by its length",
  (_, kind, request, asked, usage) => {
    const answer = {
      type: 'result',
      durationInSeconds: kind === 'transcription' ? 2.5 : undefined,
      providerMetadata: { gateway: { cost: '0.08' } },
    }
    const read = readExchange({
      call: `POST https://ai-gateway.vercel.sh/v3/ai/${kind}-model`,
      requestHeaders: { 'ai-model-id': 'maker/model' },
      request,
      response: kind === 'video' ? serverSentEvents(answer) : answer,
    })
    expect(read.request).toEqual({ operation: 'generate_content', model: 'maker/model', ...asked })
    expect(read.response).toEqual({ usage, declaredCost: { amount: 0.08, currency: 'USD' } })
  },
)

test("an error among the events of Vercel's gateway has a name of its own", () => {
  const { response } = readExchange({
    call: 'POST https://ai-gateway.vercel.sh/v3/ai/video-model',
    request: { prompt: 'x' },
    response: serverSentEvents({
      type: 'error',
      message: 'No',
      errorType: 'rate_limit_exceeded',
      statusCode: 429,
    }),
  })
  expect(response?.error).toEqual({ type: 'rate_limit_exceeded', message: 'No' })
})

test("Vercel's gateway does not know the bill of a call on the customer's own key", () => {
  const { response } = readExchange({
    call: 'POST https://ai-gateway.vercel.sh/v1/ai/language-model',
    request: { prompt: [] },
    response: {
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 1 },
      providerMetadata: { gateway: { cost: '0', marketCost: '0.0021' } },
    },
  })
  expect(response).toEqual({ finishReasons: ['stop'], usage: { inputTokens: 1, outputTokens: 1 } })
})

describe('videos of Volcano Engine', () => {
  test('are asked for first', () => {
    const read = readExchange({
      call: 'POST https://ark.ap-southeast.bytepluses.com/api/v3/contents/generations/tasks',
      request: { model: 'seedance-1-0-pro-250528', content: [{ type: 'text', text: 'x' }], seed: 7 },
      response: { id: 'cgt-1' },
    })
    expect(read).toEqual({
      flavor: 'volcengine-tasks',
      request: {
        operation: 'generate_content',
        background: true,
        model: 'seedance-1-0-pro-250528',
        seed: 7,
      },
      response: { id: 'cgt-1' },
    })
  })

  test('have tokens once they are made', () => {
    const read = readExchange({
      call: 'GET https://ark.ap-southeast.bytepluses.com/api/v3/contents/generations/tasks/cgt-1',
      response: {
        id: 'cgt-1',
        model: 'seedance-1-0-pro-250528',
        status: 'succeeded',
        content: { video_url: 'https://x.example/v.mp4' },
        usage: { completion_tokens: 198, total_tokens: 198 },
        duration: 2,
        service_tier: 'default',
      },
    })
    expect(read.request).toEqual({ operation: 'fetch_response', responseId: 'cgt-1' })
    expect(read.response).toEqual({
      id: 'cgt-1',
      model: 'seedance-1-0-pro-250528',
      status: 'succeeded',
      serviceTier: 'default',
      fetched: { usage: { outputTokens: 198 } },
    })
  })
})

describe("DashScope's tasks", () => {
  test('are asked for first', () => {
    const read = readExchange({
      call: 'POST https://dashscope-intl.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis',
      requestHeaders: { 'x-dashscope-async': 'enable' },
      request: { model: 'wan2.5-t2v-preview', input: { prompt: 'x' } },
      response: { output: { task_status: 'PENDING', task_id: 't1' }, request_id: 'r1' },
    })
    expect(read).toEqual({
      flavor: 'dashscope-generation',
      request: { operation: 'generate_content', background: true, model: 'wan2.5-t2v-preview' },
      response: { id: 't1', status: 'PENDING' },
    })
  })

  test.each([
    [{ image_count: 4 }, { images: 4 }],
    [{ video_duration: 5, video_count: 1 }, { seconds: 5 }],
    [{ duration: 10, input_video_duration: 5, output_video_duration: 5, SR: 720 }, { seconds: 10 }],
    [{ output_video_duration: 5 }, { seconds: 5 }],
  ])('have images or seconds once they are made: %j', (usage, read) => {
    const { request, response } = readExchange({
      call: 'GET https://dashscope-intl.aliyuncs.com/api/v1/tasks/t1',
      response: { request_id: 'r2', output: { task_id: 't1', task_status: 'SUCCEEDED' }, usage },
    })
    expect(request).toEqual({ operation: 'fetch_response', responseId: 't1' })
    expect(response).toEqual({ id: 't1', status: 'SUCCEEDED', fetched: { usage: read } })
  })

  test('say why they failed', () => {
    const { response } = readExchange({
      call: 'GET https://dashscope-intl.aliyuncs.com/api/v1/tasks/t1',
      response: {
        output: { task_id: 't1', task_status: 'FAILED', code: 'DataInspectionFailed', message: 'No' },
      },
    })
    expect(response?.error).toEqual({ type: 'DataInspectionFailed', message: 'No' })
  })
})

test.each([
  [
    'https://openrouter.ai/api/v1/videos',
    'https://openrouter.ai/api/v1/videos/job_1',
    { id: 'job_1', status: 'pending', polling_url: '/api/v1/videos/job_1' },
    { id: 'job_1', status: 'completed', usage: { cost: 1.2, is_byok: false } },
    { id: 'job_1', status: 'completed', fetched: { declaredCost: { amount: 1.2, currency: 'USD' } } },
  ],
  [
    'https://api.x.ai/v1/videos/generations',
    'https://api.x.ai/v1/videos/job_1',
    { request_id: 'job_1', status: 'pending' },
    {
      status: 'done',
      video: { url: 'https://vidgen.x.ai/v.mp4', duration: 6 },
      model: 'grok-imagine-video',
      usage: { cost_in_usd_ticks: 3_000_000_000 },
      progress: 100,
    },
    {
      model: 'grok-imagine-video',
      status: 'done',
      fetched: { usage: { seconds: 6 }, declaredCost: { amount: 0.3, currency: 'USD' } },
    },
  ],
  [
    'https://api.together.xyz/v2/videos',
    'https://api.together.xyz/v2/videos/job_1',
    { id: 'job_1', status: 'pending', seconds: '5' },
    { id: 'job_1', status: 'completed', seconds: '5', outputs: { cost: 0.8, video_url: 'https://x' } },
    {
      id: 'job_1',
      status: 'completed',
      fetched: { usage: { seconds: 5 }, declaredCost: { amount: 0.8, currency: 'USD' } },
    },
  ],
])('what a video cost is stated where it is fetched: %s', (asked, fetched, job, made, read) => {
  const asking = readExchange({
    call: `POST ${asked}`,
    request: { model: 'google/veo-3.1', prompt: 'x' },
    response: job,
  })
  expect(asking.request?.background).toBe(true)
  expect(asking.response).toEqual({ id: 'job_1', status: 'pending' })
  const fetching = readExchange({ call: `GET ${fetched}`, response: made })
  expect(fetching.request).toEqual({ operation: 'fetch_response', responseId: 'job_1' })
  expect(fetching.response).toEqual(read)
  const waiting = readExchange({ call: `GET ${fetched}`, response: { ...job, progress: 20 } })
  expect(waiting.response?.fetched).toBeUndefined()
})

test("OpenRouter's images have tokens and a cost", () => {
  const { response } = readExchange({
    call: 'POST https://openrouter.ai/api/v1/images',
    request: { model: 'google/gemini-3-pro-image', prompt: 'x' },
    response: {
      data: [{ b64_json: 'AAAA' }],
      usage: {
        prompt_tokens: 5,
        completion_tokens: 1290,
        completion_tokens_details: { image_tokens: 1290 },
        cost: 0.04,
      },
    },
  })
  expect(response).toEqual({
    usage: { inputTokens: 5, outputTokens: 1290, imageOutputTokens: 1290, images: 1 },
    declaredCost: { amount: 0.04, currency: 'USD' },
  })
})

describe("Cloudflare's gateway, asked for one provider after the other", () => {
  const call = 'POST https://gateway.ai.cloudflare.com/v1/account/gateway'
  const asked = (query: object): object[] => [
    { provider: 'mistral', endpoint: 'v1/chat/completions', headers: { authorization: 'x' }, query },
    { provider: 'anthropic', endpoint: 'v1/messages', query: { model: 'claude-sonnet-5', messages: [] } },
  ]
  const message = { id: 'msg_1', model: 'claude-sonnet-5', usage: { input_tokens: 3, output_tokens: 4 } }

  test('is read by the API of the first', () => {
    const { request, response } = readExchange({
      call,
      request: asked({ model: 'mistral-small', messages: [], temperature: 0.5 }),
      response: { id: 'c1', model: 'mistral-small', usage: { prompt_tokens: 1, completion_tokens: 2 } },
    })
    expect(request).toMatchObject({
      operation: 'chat',
      provider: 'mistral_ai',
      model: 'mistral-small',
      temperature: 0.5,
    })
    const head = requestHeadFromUrl('POST', call.slice(5))!
    expect(identifyingAttributes('cloudflare', request!, head)['gen_ai.provider.name']).toBe('mistral_ai')
    expect(response).toEqual({ id: 'c1', model: 'mistral-small', usage: { inputTokens: 1, outputTokens: 2 } })
  })

  test.each([
    ['workers-ai', '@cf/meta/llama', 'cloudflare'],
    ['openai', 'chat/completions', 'openai'],
    ['perplexity-ai', 'chat/completions', 'perplexity'],
    ['azure-openai', 'resource/deployment/chat/completions', 'azure.ai.openai'],
    ['google-ai-studio', 'v1/models/gemini:generateContent', 'gcp.gemini'],
    ['aws-bedrock', 'bedrock-runtime/us-east-1/model/m/converse', 'aws.bedrock'],
    ['constructor', 'chat/completions', 'constructor'],
  ])('is billed by the first as by itself: %s', (provider, endpoint, name) => {
    const step = { provider, endpoint, query: { messages: [] } }
    expect(readExchange({ call, request: [step] }).request?.provider).toBe(name)
  })

  test('answers in that of the step that it names', () => {
    const { response } = readExchange({
      call,
      request: asked({ model: 'mistral-small', messages: [] }),
      responseHeaders: { 'cf-aig-step': '1' },
      response: message,
    })
    expect(response).toMatchObject({ id: 'msg_1', usage: { inputTokens: 3, outputTokens: 4 } })
  })

  test('names provider and model where the messages are longer than what is held', () => {
    const messages = [{ role: 'user', content: '"model":"none" '.repeat(99) }]
    const { body } = edgesOf(asked({ model: 'mistral-small', stream: true, messages }), 200)
    const { protocol, hostname: host, pathname: path } = new URL(call.slice(5))
    const head = { method: 'POST', protocol, host, port: undefined, path, query: '', header: () => undefined }
    expect(cloudflareUniversal.readRequest({ ...head, body })).toMatchObject({
      provider: 'mistral_ai',
      model: 'mistral-small',
      stream: true,
    })
  })

  test('that is asked for nothing we know is none', () => {
    expect(readExchange({ call, request: [{ provider: 'x', endpoint: 'y' }] }).request).toBeUndefined()
    expect(readExchange({ call, request: {} }).request).toBeUndefined()
  })
})

describe('agents of Letta', () => {
  const request = { messages: [{ role: 'user', content: 'Hi' }] }
  const usage = {
    message_type: 'usage_statistics',
    prompt_tokens: 1033,
    completion_tokens: 135,
    cached_input_tokens: 1000,
    cache_write_tokens: 20,
    step_count: 2,
  }
  const stopped = { message_type: 'stop_reason', stop_reason: 'end_turn' }
  const wanted = {
    finishReasons: ['end_turn'],
    usage: { inputTokens: 1033, cacheReadTokens: 1000, cacheWriteTokens: 20, outputTokens: 135 },
  }

  test('state what all steps have used', () => {
    const call = 'POST https://api.letta.com/v1/agents/agent-1/messages'
    const read = readExchange({ call, request, response: { messages: [], stop_reason: stopped, usage } })
    expect(read.request).toEqual({ operation: 'invoke_agent', agentId: 'agent-1' })
    expect(read.response).toEqual(wanted)
  })

  test('at the end of a stream, in a conversation too', () => {
    const read = readExchange({
      call: 'POST http://localhost:8283/v1/conversations/conv-1/messages',
      request: { ...request, streaming: true },
      response: serverSentEvents({ message_type: 'assistant_message', content: 'Hi' }, stopped, usage),
    })
    expect(read.request).toEqual({ operation: 'invoke_agent', conversationId: 'conv-1', stream: true })
    expect(read.response).toEqual(wanted)
  })

  test('fail inside of a stream', () => {
    const failure = { message_type: 'error_message', error_type: 'llm_timeout', message: 'No' }
    const { response } = readExchange({
      call: 'POST /v1/agents/agent-1/messages/stream',
      request,
      response: serverSentEvents(failure, { ...stopped, stop_reason: 'error' }),
    })
    expect(response).toEqual({ finishReasons: ['error'], error: { type: 'llm_timeout', message: 'No' } })
  })

  test("an app's own path of that name is none", () => {
    const call = 'POST /v1/agents/7/messages'
    expect(readExchange({ call, request: { text: 'Hi' } }).request).toBeUndefined()
  })
})

test('Deepgram states the tokens of each model that has read a text', () => {
  const { request, response } = readExchange({
    call: 'POST https://api.deepgram.com/v1/read?summarize=true&topics=true',
    request: { text: 'Hi' },
    response: {
      metadata: {
        request_id: 'r1',
        language: 'en',
        summary_info: { model_uuid: 'm1', input_tokens: 133, output_tokens: 57 },
        topics_info: { model_uuid: 'm2', input_tokens: 133, output_tokens: 10 },
      },
      results: { summary: { text: 'So' } },
    },
  })
  expect(request).toEqual({ operation: 'generate_content', outputType: 'text' })
  expect(response).toEqual({ id: 'r1', usage: { inputTokens: 266, outputTokens: 67 } })
})

describe('Langbase', () => {
  const raw = {
    id: 'c1',
    model: 'gpt-4o',
    choices: [{ index: 0, message: { role: 'assistant', content: 'So' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 12, completion_tokens: 17, total_tokens: 29 },
  }

  test('has the answer of the model beside its text', () => {
    const { request, response } = readExchange({
      call: 'POST https://api.langbase.com/v1/pipes/run',
      request: { name: 'guide', messages: [{ role: 'user', content: 'Hi' }] },
      responseHeaders: { 'lb-thread-id': 't1' },
      response: { success: true, completion: 'So', raw },
    })
    expect(request).toEqual({ operation: 'chat', promptName: 'guide' })
    expect(response).toEqual({
      id: 'c1',
      model: 'gpt-4o',
      finishReasons: ['stop'],
      conversationId: 't1',
      usage: { inputTokens: 12, outputTokens: 17 },
    })
  })

  test('names no prompt where one is sent', () => {
    const { request, response } = readExchange({
      call: 'POST https://api.langbase.com/v1/agent/run',
      request: { model: 'openai:gpt-4o', input: 'Hi', stream: true },
      response: serverSentEvents({ ...raw, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
    })
    expect(request).toMatchObject({ operation: 'chat', model: 'openai:gpt-4o', stream: true })
    expect(response).toMatchObject({ id: 'c1', usage: { inputTokens: 12, outputTokens: 17 } })
  })
})

describe('NLP Cloud', () => {
  const model = 'POST https://api.nlpcloud.io/v1/gpu/finetuned-llama-3-70b'

  test('states the tokens of a generated text', () => {
    const { request, response } = readExchange({
      call: `${model}/generation`,
      request: { text: 'Hi', max_length: 50, top_p: null },
      response: { generated_text: 'So', nb_generated_tokens: 33, nb_input_tokens: 11 },
    })
    expect(request).toEqual({ operation: 'text_completion', model: 'finetuned-llama-3-70b', maxTokens: 50 })
    expect(response).toEqual({ usage: { inputTokens: 11, outputTokens: 33 } })
  })

  test('and none of a chat', () => {
    const chat = {
      call: `${model}/chatbot`,
      request: { input: 'Hi' },
      response: { response: 'So', history: [] },
    }
    const { request, response } = readExchange(chat)
    expect(request).toEqual({ operation: 'chat', model: 'finetuned-llama-3-70b' })
    expect(response).toEqual({})
  })
})

describe('Dify', () => {
  const ASKED = {
    call: 'POST https://api.dify.ai/v1/chat-messages',
    request: { inputs: {}, query: 'Hi', response_mode: 'streaming', conversation_id: '', user: 'u' },
  }
  const metadata = {
    usage: { prompt_tokens: 1033, completion_tokens: 135, total_price: '0.0012890', currency: 'USD' },
  }
  const wanted = {
    id: 'm1',
    conversationId: 'c1',
    usage: { inputTokens: 1033, outputTokens: 135 },
    declaredCost: { amount: 0.001289, currency: 'USD' },
  }

  test('states what the model behind an app has used and cost', () => {
    const { request, response } = readExchange({
      ...ASKED,
      response: { event: 'message', message_id: 'm1', id: 'm1', conversation_id: 'c1', metadata },
    })
    expect(request).toEqual({ operation: 'invoke_agent', stream: true })
    expect(response).toEqual(wanted)
  })

  test('at the end of a stream, before the sound', () => {
    const event = { message_id: 'm1', conversation_id: 'c1' }
    const { response } = readExchange({
      ...ASKED,
      response: serverSentEvents(
        { event: 'message', ...event, answer: 'Hi' },
        { event: 'message_end', ...event, metadata },
        { event: 'tts_message_end', ...event },
      ),
    })
    expect(response).toEqual(wanted)
  })

  test('does not know the price of every model', () => {
    const usage = { ...metadata.usage, total_price: '0' }
    const { response } = readExchange({ ...ASKED, response: { metadata: { usage } } })
    expect(response).toEqual({ usage: wanted.usage })
  })

  test('fails inside of a stream', () => {
    const { response } = readExchange({
      ...ASKED,
      response: serverSentEvents({
        event: 'error',
        status: 400,
        code: 'provider_quota_exceeded',
        message: 'No',
      }),
    })
    expect(response).toEqual({ error: { type: 'provider_quota_exceeded', message: 'No' } })
  })

  test("an app's own path of that name is none", () => {
    expect(readExchange({ ...ASKED, request: { text: 'Hi' } }).request).toBeUndefined()
  })
})

describe('Coze', () => {
  const chat = { id: 'c1', conversation_id: 'v1', bot_id: 'b1' }
  const done = {
    ...chat,
    status: 'completed',
    usage: { token_count: 633, output_count: 19, input_count: 614 },
  }
  const usage = { inputTokens: 614, outputTokens: 19 }
  const call = 'POST https://api.coze.com/v3/chat?conversation_id=v1'
  const event = (type: string, data: object | string): string =>
    `event:${type}\ndata:${JSON.stringify(data)}\n\n`

  test('counts at the end of a stream', () => {
    const { request, response } = readExchange({
      call,
      request: { bot_id: 'b1', user_id: 'u', stream: true },
      response:
        event('conversation.chat.created', chat) +
        event('conversation.message.delta', { id: 'x', type: 'answer', content: 'Hi' }) +
        event('conversation.chat.completed', done) +
        event('done', '[DONE]'),
    })
    expect(request).toEqual({ operation: 'invoke_agent', agentId: 'b1', conversationId: 'v1', stream: true })
    expect(response).toEqual({ id: 'c1', conversationId: 'v1', status: 'completed', usage })
  })

  test('counts where the answer is fetched that was not waited for', () => {
    const asked = readExchange({
      call,
      request: { bot_id: 'b1', user_id: 'u' },
      response: { code: 0, msg: '', data: { ...chat, status: 'in_progress' } },
    })
    expect(asked.request?.background).toBe(true)
    expect(asked.response).toEqual({ id: 'c1', conversationId: 'v1', status: 'in_progress' })
    const fetched = readExchange({
      call: 'GET https://api.coze.com/v3/chat/retrieve?conversation_id=v1&chat_id=c1',
      response: { code: 0, msg: '', data: done },
    })
    expect(fetched.request).toEqual({ operation: 'fetch_response', responseId: 'c1' })
    expect(fetched.response).toEqual({
      id: 'c1',
      conversationId: 'v1',
      status: 'completed',
      fetched: { usage },
    })
  })

  test.each([
    [{ code: 4100, msg: 'No' }],
    [event('conversation.chat.failed', { ...chat, last_error: { code: 4100, msg: 'No' } })],
    [event('error', { code: 4100, msg: 'No' })],
  ])('fails with a number, inside of a 200: %j', (response) => {
    const read = readExchange({ call, request: { bot_id: 'b1' }, response })
    expect(read.response?.error).toEqual({ type: '4100', message: 'No' })
  })
})

describe("Pinecone's assistant", () => {
  const answer = { id: 'a1', model: 'gpt-4o-2024-11-20', finish_reason: 'stop' }
  const usage = { prompt_tokens: 9736, completion_tokens: 102, total_tokens: 9838 }

  test.each([
    ['whole', { ...answer, message: { role: 'assistant', content: 'Hi' }, usage }],
    [
      'as a stream',
      serverSentEvents(
        { type: 'message_start', id: 'a1', model: 'gpt-4o-2024-11-20', role: 'assistant' },
        { type: 'content_chunk', id: 'a1', model: 'gpt-4o-2024-11-20', delta: { content: 'Hi' } },
        { type: 'message_end', ...answer, usage },
      ),
    ],
  ])('answers as a chat does, the reason beside the answer, %s', (_, response) => {
    const read = readExchange({
      call: 'POST https://prod-1-data.ke.pinecone.io/assistant/chat/guide',
      request: { model: 'gpt-4o', messages: [] },
      response,
    })
    expect(read.request).toEqual({ operation: 'chat', model: 'gpt-4o' })
    expect(read.response).toEqual({
      id: 'a1',
      model: 'gpt-4o-2024-11-20',
      finishReasons: ['stop'],
      usage: { inputTokens: 9736, outputTokens: 102 },
    })
  })
})

test("Yandex counts an embedding's tokens as a text", () => {
  const read = readExchange({
    call: 'POST https://llm.api.cloud.yandex.net/foundationModels/v1/textEmbedding',
    request: { modelUri: 'emb://folder/text-search-doc/latest', text: 'Hi' },
    response: {
      embedding: Array.from({ length: 300 }, (_, index) => index),
      numTokens: '7',
      modelVersion: '06',
    },
  })
  expect(read.request).toEqual({ operation: 'embeddings', model: 'emb://folder/text-search-doc/latest' })
  expect(read.response).toEqual({ usage: { inputTokens: 7 } })
})

test("Z.AI's reading of documents is billed by the token", () => {
  const read = readExchange({
    call: 'POST https://api.z.ai/api/paas/v4/layout_parsing',
    request: { model: 'glm-ocr', file: 'https://x.example/a.pdf' },
    response: {
      id: 'l1',
      model: 'glm-ocr',
      md_results: '# Title',
      usage: { prompt_tokens: 100, completion_tokens: 40, total_tokens: 140 },
    },
  })
  expect(read.request).toEqual({ operation: 'generate_content', outputType: 'text', model: 'glm-ocr' })
  expect(read.response).toEqual({
    id: 'l1',
    model: 'glm-ocr',
    usage: { inputTokens: 100, outputTokens: 40 },
  })
})

test("Oracle's reranking calls the query its input", () => {
  const read = readExchange({
    call: 'POST https://inference.generativeai.us-chicago-1.oci.oraclecloud.com/20231130/actions/rerankText',
    request: { input: 'q', documents: ['a'], servingMode: { modelId: 'cohere.rerank.v3-5' } },
    response: { id: 'r1', modelId: 'cohere.rerank.v3-5', documentRanks: [{ index: 0, relevanceScore: 0.9 }] },
  })
  expect(read.request).toEqual({ operation: 'rerank', model: 'cohere.rerank.v3-5' })
  expect(read.response).toEqual({ id: 'r1', model: 'cohere.rerank.v3-5' })
})

describe('deferred completions', () => {
  test.each([
    'https://api.x.ai/v1/chat/deferred-completion/d1',
    'https://api.perplexity.ai/async/chat/completions/d1',
    'https://api.perplexity.ai/v1/async/sonar/d1',
    'https://open.bigmodel.cn/api/paas/v4/async-result/d1',
  ])('%s fetches what another call has made', (address) => {
    const completion = {
      id: 'c1',
      model: 'm',
      choices: [{ finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 4 },
    }
    const isWrapped = address.includes('perplexity')
    const read = readExchange({
      call: `GET ${address}`,
      response: isWrapped ? { id: 'd1', status: 'COMPLETED', response: completion } : completion,
    })
    expect(read.request).toEqual({ operation: 'fetch_response', responseId: 'd1' })
    expect(read.response).toEqual({
      id: 'c1',
      model: 'm',
      finishReasons: ['stop'],
      fetched: { usage: { inputTokens: 3, outputTokens: 4 } },
      ...(isWrapped && { status: 'COMPLETED' }),
    })
  })

  test("xAI's are fetched by a ticket", () => {
    const read = readExchange({
      call: 'POST https://api.x.ai/v1/chat/completions',
      request: { model: 'grok-4', messages: [], deferred: true },
      response: { request_id: 'd1' },
    })
    expect(read.response).toEqual({ id: 'd1' })
  })

  test("Z.AI's by their own id", () => {
    const read = readExchange({
      call: 'POST https://open.bigmodel.cn/api/paas/v4/async/chat/completions',
      request: { model: 'glm-4.6', messages: [] },
      response: { request_id: 'r1', id: 'd1', model: 'glm-4.6', task_status: 'PROCESSING' },
    })
    expect(read.request?.background).toBe(true)
    expect(read.response).toEqual({ id: 'd1', model: 'glm-4.6' })
  })

  test('one that is not there yet is no failure', () => {
    const read = readExchange({ call: 'GET https://api.x.ai/v1/chat/deferred-completion/d1', status: 202 })
    expect(read.response).toEqual({})
  })
})

describe('Workers AI', () => {
  test.each([
    [
      '@cf/black-forest-labs/flux-1-schnell',
      { prompt: 'x', steps: 4 },
      { operation: 'generate_content', outputType: 'image' },
    ],
    ['@cf/deepgram/aura-1', { text: 'x' }, { operation: 'generate_content', outputType: 'speech' }],
    ['@cf/baai/bge-reranker-base', { query: 'x', contexts: [] }, { operation: 'rerank' }],
    ['@cf/baai/bge-m3', { text: ['x'] }, { operation: 'embeddings' }],
    ['@cf/meta/m2m100-1.2b', { text: 'x', target_lang: 'fr' }, { operation: 'text_completion' }],
    ['@cf/meta/llama-3-8b-instruct', { prompt: 'x' }, { operation: 'text_completion' }],
  ])('%s does what it is for', (model, request, wanted) => {
    expect(readExchange({ call: `POST /client/v4/accounts/a/ai/run/${model}`, request }).request).toEqual({
      ...wanted,
      model,
    })
  })

  test('an image is one, whatever its bytes', () => {
    const { response } = readExchange({
      call: 'POST /client/v4/accounts/a/ai/run/@cf/stabilityai/stable-diffusion-xl-base-1.0',
      request: { prompt: 'x' },
      responseHeaders: { 'content-type': 'image/png' },
      response: Buffer.from([0x89, 0x50]),
    })
    expect(response).toEqual({ usage: { images: 1 } })
  })
})

describe('rankings', () => {
  test.each([
    ['POST /v1/ranking', { model: 'nv-rerank', query: { text: 'x' }, passages: [{ text: 'y' }] }],
    [
      'POST https://discoveryengine.googleapis.com/v1/projects/p/locations/global/rankingConfigs/c:rank',
      { model: 'semantic-ranker-default', query: 'x', records: [{ id: '1' }] },
    ],
  ])('%s', (call, request) => {
    expect(readExchange({ call, request }).request).toEqual({ operation: 'rerank', model: request.model })
  })
})

describe('SAP AI Core', () => {
  const usage = {
    prompt_tokens: 50,
    completion_tokens: 8,
    total_tokens: 58,
    prompt_tokens_details: {
      cached_tokens: 10,
      cache_creation_tokens: 20,
      cache_creation_token_details: { ephemeral_5m_input_tokens: 5, ephemeral_1h_input_tokens: 15 },
    },
  }
  const completion = {
    id: 'c1',
    model: 'claude-4-sonnet',
    choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }],
    usage,
  }
  const wanted = {
    id: 'c1',
    model: 'claude-4-sonnet',
    finishReasons: ['stop'],
    usage: {
      inputTokens: 50,
      cacheReadTokens: 10,
      cacheWriteTokens: 20,
      cacheWrite5mTokens: 5,
      cacheWrite1hTokens: 15,
      outputTokens: 8,
    },
  }
  const modules = {
    prompt_templating: {
      model: { name: 'anthropic--claude-4-sonnet', params: { max_tokens: 100, temperature: 0.2 } },
    },
  }

  test('orchestrates models that the configuration of a module names', () => {
    expect(
      readExchange({
        call: 'POST /v2/inference/deployments/d1/v2/completion',
        request: { config: { modules } },
        response: { request_id: 'r1', intermediate_results: { llm: completion }, final_result: completion },
      }),
    ).toEqual({
      flavor: 'sap-orchestration',
      request: {
        operation: 'chat',
        model: 'anthropic--claude-4-sonnet',
        maxTokens: 100,
        temperature: 0.2,
      },
      response: wanted,
    })
  })

  test('streams chunks of a completion, each beside what other modules say', () => {
    const { request, response } = readExchange({
      call: 'POST /v2/inference/deployments/d1/v2/completion',
      request: { config: { modules: [modules], stream: { enabled: true } } },
      response: serverSentEvents(
        { request_id: 'r1', final_result: { id: 'c1', model: 'claude-4-sonnet', choices: [] } },
        { request_id: 'r1', final_result: { ...completion, usage: undefined } },
        { request_id: 'r1', final_result: { ...completion, choices: [] } },
      ),
    })
    expect(request).toMatchObject({ model: 'anthropic--claude-4-sonnet', stream: true })
    expect(response).toEqual(wanted)
  })

  test('its first version, and embeddings', () => {
    const first = readExchange({
      call: 'POST /v2/inference/deployments/d1/completion',
      request: {
        orchestration_config: {
          module_configurations: { llm_module_config: { model_name: 'gpt-4o', model_params: { n: 1 } } },
        },
      },
      response: { request_id: 'r1', module_results: {}, orchestration_result: completion },
    })
    expect(first.request).toEqual({ operation: 'chat', model: 'gpt-4o', choiceCount: 1 })
    expect(first.response).toEqual(wanted)
    const embeddings = readExchange({
      call: 'POST /v2/inference/deployments/d1/v2/embeddings',
      request: { config: { modules: { embeddings: { model: { name: 'text-embedding-3-small' } } } } },
      response: { final_result: { model: 'text-embedding-3-small', data: [], usage: { prompt_tokens: 4 } } },
    })
    expect(embeddings.request).toEqual({ operation: 'embeddings', model: 'text-embedding-3-small' })
    expect(embeddings.response).toEqual({ model: 'text-embedding-3-small', usage: { inputTokens: 4 } })
  })

  test("models of Bedrock's that it has deployed answer as they do there, in server-sent events", () => {
    const { flavor, request, response } = readExchange({
      call: 'POST https://api.ai.prod.aws.ml.hana.ondemand.com/v2/inference/deployments/d1/converse-stream',
      request: { messages: [] },
      response: serverSentEvents(
        { messageStart: { role: 'assistant' } },
        { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hi' } } },
        { messageStop: { stopReason: 'end_turn' } },
        { metadata: { usage: { inputTokens: 9, outputTokens: 4, cacheReadInputTokens: 3 } } },
      ),
    })
    expect({ flavor, request }).toEqual({
      flavor: 'bedrock-converse',
      request: { operation: 'chat', stream: true },
    })
    expect(response).toEqual({
      finishReasons: ['end_turn'],
      usage: { inputTokens: 12, cacheReadTokens: 3, outputTokens: 4 },
    })
  })

  test('what a module refuses is an error', () => {
    const { response } = readExchange({
      call: 'POST /v2/inference/deployments/d1/v2/completion',
      request: { config: { modules } },
      status: 400,
      response: { error: { request_id: 'r1', code: 400, message: 'filtered', location: 'Input Filter' } },
    })
    expect(response).toEqual({ error: { message: 'filtered' } })
  })
})

describe('agents that the provider runs', () => {
  const session = {
    id: 'sess_1',
    agent: { id: 'agent_1', model: 'gpt-6-astra', service_tier: 'flex' },
    status: 'in_progress',
  }
  const turn = (state: string, input_tokens: number, more: object = {}): object => ({
    type: `agent.session.turn.${state}`,
    session_id: 'sess_1',
    turn: { id: 't', error: null },
    usage: {
      input_tokens,
      input_tokens_details: { cached_tokens: 10 },
      output_tokens: 5,
      output_tokens_details: { reasoning_tokens: 2 },
    },
    ...more,
  })

  test("OpenAI's: every turn that ends counts, a subagent's and a failed one too", () => {
    const { flavor, request, response } = readExchange({
      call: 'POST https://api.openai.com/v1/agents/sessions',
      request: { agent: { model: 'gpt-6-astra' }, environment: { type: 'none' }, input: 'x', stream: true },
      response: serverSentEvents(
        { type: 'agent.session.created', session },
        { type: 'agent.session.turn.output_text.delta', delta: '{"type":"agent.session.turn.completed"' },
        { type: 'agent.session.turn.item.added', item: { type: 'web_search_call' } },
        { type: 'agent.session.turn.item.done', item: { type: 'web_search_call' } },
        turn('completed', 100),
        turn('failed', 50, { turn: { error: { code: 'server_overloaded', message: 'x' } } }),
        turn('completed', 30, { usage: null }),
        { type: 'agent.session.idle', session: { ...session, status: 'idle' } },
      ),
    })
    expect(flavor).toBe('openai-agent-sessions')
    expect(request).toEqual({ operation: 'invoke_agent', model: 'gpt-6-astra', stream: true })
    expect(response).toEqual({
      conversationId: 'sess_1',
      model: 'gpt-6-astra',
      serviceTier: 'flex',
      status: 'idle',
      usage: { inputTokens: 150, cacheReadTokens: 20, outputTokens: 10, reasoningTokens: 4 },
      toolRequests: { web_search: 1 },
      error: { type: 'server_overloaded', message: 'x' },
    })
  })

  test("OpenAI's, created without listening, or listened to later", () => {
    const created = readExchange({
      call: 'POST https://api.openai.com/v1/agents/sessions',
      request: { agent_id: 'agent_1', environment: { type: 'none' }, input: 'x' },
      response: { ...session, usage: null },
    })
    expect(created.request).toEqual({ operation: 'invoke_agent', agentId: 'agent_1' })
    expect(created.response).toEqual({
      conversationId: 'sess_1',
      model: 'gpt-6-astra',
      serviceTier: 'flex',
      status: 'in_progress',
    })
    const heard = readExchange({
      call: 'GET https://gateway.example/v1/agents/sessions/sess_1/events',
      requestHeaders: { 'openai-beta': 'agents=v1' },
      response: serverSentEvents(turn('completed', 70)),
    })
    expect(heard.request).toEqual({ operation: 'invoke_agent', conversationId: 'sess_1', stream: true })
    expect(heard.response?.usage?.inputTokens).toBe(70)
  })

  test.each(['events/stream', 'threads/sthr_1/stream'])(
    "Anthropic's: each request of a model counts, and those that graded an outcome: %s",
    (stream) => {
      const tokens = {
        input_tokens: 5,
        cache_read_input_tokens: 100,
        cache_creation_input_tokens: 20,
        output_tokens: 9,
      }
      const used = { type: 'span.model_request_end', model_usage: tokens }
      const graded = { type: 'span.outcome_evaluation_end', result: 'satisfied', usage: tokens }
      // All of it once more.
      const total = { type: 'session.usage', usage: { input_tokens: 15, output_tokens: 27 } }
      const { flavor, request, response } = readExchange({
        call: `GET /v1/sessions/sesn_1/${stream}?beta=true`,
        requestHeaders: { 'anthropic-version': '2023-06-01' },
        response: serverSentEvents({ type: 'agent.message', content: [] }, used, used, graded, total, {
          type: 'session.status_idle',
        }),
      })
      expect(flavor).toBe('anthropic-sessions')
      expect(request).toEqual({ operation: 'invoke_agent', conversationId: 'sesn_1', stream: true })
      expect(response).toEqual({
        usage: { inputTokens: 375, cacheReadTokens: 300, cacheWriteTokens: 60, outputTokens: 27 },
      })
    },
  )
})
