import { describe, expect, test } from 'vitest'
import { readExchange, serverSentEvents } from './support/exchange.ts'

describe("OpenAI's of before", () => {
  test('edits of a text', () => {
    const exchange = {
      request: { model: 'text-davinci-edit-001', input: 'wek', instruction: 'Fix the spelling' },
      response: {
        object: 'edit',
        choices: [{ text: 'week', index: 0 }],
        usage: { prompt_tokens: 25, completion_tokens: 32, total_tokens: 57 },
      },
    }
    const wanted = { inputTokens: 25, outputTokens: 32 }
    const edits = readExchange({ call: 'POST https://api.openai.com/v1/edits', ...exchange })
    expect(edits.request).toEqual({ operation: 'text_completion', model: 'text-davinci-edit-001' })
    expect(edits.response).toEqual({ usage: wanted })
    const ofEngine = readExchange({ call: 'POST /v1/engines/text-davinci-edit-001/edits', ...exchange })
    expect(ofEngine.response).toEqual({ usage: wanted })
  })

  test('answers from documents', () => {
    const { request, response } = readExchange({
      call: 'POST https://api.openai.com/v1/answers',
      request: {
        model: 'curie',
        question: 'q',
        examples: [['a', 'b']],
        examples_context: 'c',
        documents: [],
      },
      response: { answers: ['x'], completion: 'cmpl-1', model: 'curie:2020-05-03', object: 'answer' },
    })
    expect(request).toEqual({ operation: 'text_completion', model: 'curie' })
    expect(response).toEqual({ model: 'curie:2020-05-03' })
  })

  test.each([
    ['/v1/edits', { text: 'a', reason: 'typo' }],
    ['/v1/edits', { prompt: 'a brighter sky', image: 'i1' }],
    ['/v1/answers', { question_id: 4, answer: 'yes' }],
    ['/api/completions', { instruction: 'done', task: 3 }],
  ])("an app's own %s is none", (path, request) => {
    expect(readExchange({ call: `POST ${path}`, request }).request).toBeUndefined()
  })

  test('nor is one whose body is not seen', () => {
    expect(readExchange({ call: 'POST /v1/answers' }).request).toBeUndefined()
  })

  test('images of Azure that are fetched later', () => {
    const { request, response } = readExchange({
      call: 'POST https://r.openai.azure.com/openai/images/generations:submit?api-version=2023-06-01-preview',
      request: { prompt: 'a cat', n: 2, size: '512x512' },
      status: 202,
      response: { id: 'f508bcf2', status: 'notRunning' },
    })
    expect(request).toMatchObject({ operation: 'generate_content', outputType: 'image', choiceCount: 2 })
    expect(response).toEqual({ usage: { images: 2 } })
  })
})

describe('AI21 before Jamba', () => {
  const STUDIO = 'POST https://api.ai21.com/studio/v1'
  const completion = (tokens: number, reason: string): object => ({
    data: { text: 'y', tokens: Array.from({ length: tokens }, () => ({})) },
    finishReason: { reason },
  })

  test('lists tokens instead of counting them', () => {
    const { request, response } = readExchange({
      call: `${STUDIO}/j2-ultra/complete`,
      request: { prompt: 'x', numResults: 2, maxTokens: 20, temperature: 0.7, topP: 1, stopSequences: ['.'] },
      response: {
        id: 'a1b2',
        prompt: { text: 'x y', tokens: [{}, {}] },
        completions: [completion(3, 'length'), completion(1, 'endoftext')],
      },
    })
    expect(request).toEqual({
      operation: 'text_completion',
      model: 'j2-ultra',
      choiceCount: 2,
      maxTokens: 20,
      temperature: 0.7,
      topP: 1,
      stopSequences: ['.'],
    })
    expect(response).toEqual({
      id: 'a1b2',
      finishReasons: ['length', 'endoftext'],
      usage: { inputTokens: 2, outputTokens: 4 },
    })
  })

  test.each([
    ['/experimental/j1-grande-instruct/complete', { prompt: 'x' }, 'text_completion', 'j1-grande-instruct'],
    ['/j2-mid/my-model/complete', { prompt: 'x' }, 'text_completion', 'j2-mid/my-model'],
    ['/j2-ultra/chat', { messages: [{ text: 'x', role: 'user' }] }, 'chat', 'j2-ultra'],
  ])('%s names the model', (path, request, operation, model) => {
    const outputs = [{ text: 'y', role: 'assistant', finishReason: { reason: 'endoftext' } }]
    const read = readExchange({ call: STUDIO + path, request, response: { id: 'c1', outputs } })
    expect(read.request).toEqual({ operation, model })
    expect(read.response).toEqual({ id: 'c1', finishReasons: ['endoftext'] })
  })

  test('answers from documents of its own', () => {
    const { request, response } = readExchange({
      call: `${STUDIO}/conversational-rag`,
      request: { messages: [{ role: 'user', content: 'x' }] },
      response: { id: 'r1', choices: [{ role: 'assistant', content: 'y', finish_reason: 'stop' }] },
    })
    expect(request).toEqual({ operation: 'chat' })
    expect(response).toEqual({ id: 'r1', finishReasons: ['stop'] })
  })
})

describe('passed on by Hugging Face', () => {
  const ROUTER = 'https://router.huggingface.co'

  test("fal's answers and tickets", () => {
    const made = readExchange({
      call: `POST ${ROUTER}/fal-ai/fal-ai/flux/schnell`,
      request: { prompt: 'a cat' },
      response: { images: [{ url: 'x' }] },
    })
    expect(made.request).toEqual({ operation: 'generate_content', model: 'fal-ai/flux/schnell' })
    expect(made.response).toEqual({ usage: { images: 1 } })
    const ticket = readExchange({
      call: `POST ${ROUTER}/fal-ai/fal-ai/ltx-video?_subdomain=queue`,
      request: { prompt: 'a cat' },
      response: { request_id: 'r1', status: 'IN_QUEUE' },
    })
    expect(ticket.request).toMatchObject({ model: 'fal-ai/ltx-video', background: true })
    const fetched = readExchange({
      call: `GET ${ROUTER}/fal-ai/fal-ai/ltx-video/requests/r1?_subdomain=queue`,
      response: { video: { url: 'x' } },
    })
    expect(fetched.request).toEqual({ operation: 'fetch_response', responseId: 'r1' })
  })

  test('an image that is changed as the text beneath the parameters says', () => {
    const { request, response } = readExchange({
      call: `POST ${ROUTER}/hf-inference/models/stabilityai/sdxl`,
      request: { inputs: 'AAAA', parameters: { prompt: 'as a painting' } },
      responseHeaders: { 'content-type': 'image/jpeg' },
      response: Buffer.from([0xff, 0xd8]),
    })
    expect(request).toEqual({
      operation: 'generate_content',
      outputType: 'image',
      model: 'stabilityai/sdxl',
    })
    expect(response).toEqual({ usage: { images: 1 } })
  })

  test.each([
    [`${ROUTER}/novita/v3/async/wan-t2v`, { prompt: 'x' }, { task_id: 't1' }, 'wan-t2v'],
    ['https://api.novita.ai/v3/async/txt2img', { request: { prompt: 'x' } }, { task_id: 't1' }, 'txt2img'],
    [
      `${ROUTER}/wavespeed/api/v3/wavespeed-ai/flux-dev`,
      { prompt: 'x' },
      { code: 200, message: 'success', data: { id: 't1' } },
      'wavespeed-ai/flux-dev',
    ],
  ])('%s: what is made later', (address, body, answer, model) => {
    const { request, response } = readExchange({ call: `POST ${address}`, request: body, response: answer })
    expect(request).toEqual({ operation: 'generate_content', background: true, model })
    expect(response).toEqual({ id: 't1' })
  })

  test('a file that is sent ahead is no call', () => {
    const { request } = readExchange({
      call: 'POST https://api.wavespeed.ai/api/v3/media/upload/binary',
      requestHeaders: { 'content-type': 'multipart/form-data; boundary=b' },
      request: '--b--',
    })
    expect(request).toBeUndefined()
  })

  test("Black Forest Labs' images", () => {
    const { request, response } = readExchange({
      call: `POST ${ROUTER}/black-forest-labs/v1/flux-dev`,
      request: { prompt: 'a cat' },
      response: { id: 't1', polling_url: 'x' },
    })
    expect(request).toMatchObject({ outputType: 'image', model: 'flux-dev' })
    expect(response).toEqual({ id: 't1', usage: { images: 1 } })
  })
})

test('Yandex completes in the background, and counts where that is fetched', () => {
  const asked = readExchange({
    call: 'POST https://llm.api.cloud.yandex.net/foundationModels/v1/completionAsync',
    request: { modelUri: 'gpt://f/yandexgpt', completionOptions: { maxTokens: '50' }, messages: [] },
    response: { id: 'd7qi6', description: 'Async GPT Completion', done: false },
  })
  expect(asked.request).toEqual({
    operation: 'chat',
    background: true,
    model: 'gpt://f/yandexgpt',
    maxTokens: 50,
  })
  expect(asked.response).toEqual({ id: 'd7qi6' })
  const fetched = readExchange({
    call: 'GET https://llm.api.cloud.yandex.net/operations/d7qi6',
    response: {
      id: 'd7qi6',
      done: true,
      response: {
        alternatives: [{ message: { role: 'assistant', text: 'x' }, status: 'ALTERNATIVE_STATUS_FINAL' }],
        usage: { inputTextTokens: '67', completionTokens: '50', totalTokens: '117' },
      },
    },
  })
  expect(fetched.request).toEqual({ operation: 'fetch_response', responseId: 'd7qi6' })
  expect(fetched.response).toEqual({
    id: 'd7qi6',
    finishReasons: ['ALTERNATIVE_STATUS_FINAL'],
    fetched: { usage: { inputTokens: 67, outputTokens: 50 } },
  })
})

describe('Relace', () => {
  const usage = { prompt_tokens: 134, completion_tokens: 68, total_tokens: 202 }

  test('merges an edit into a file', () => {
    const { request, response } = readExchange({
      call: 'POST https://instantapply.endpoint.relace.run/v1/code/apply',
      request: { model: 'relace-apply-3', initial_code: 'a', edit_snippet: 'b', stream: false },
      response: { mergedCode: 'c', usage },
    })
    expect(request).toEqual({ operation: 'text_completion', model: 'relace-apply-3', stream: false })
    expect(response).toEqual({ usage: { inputTokens: 134, outputTokens: 68 } })
  })

  test('ranks and embeds files', () => {
    const ranked = readExchange({
      call: 'POST https://ranker.endpoint.relace.run/v2/code/rank',
      request: { query: 'q', codebase: [{ filename: 'a', content: 'b' }], token_limit: 1000 },
      response: { results: [{ filename: 'a', score: 1 }], usage: { total_tokens: 5 } },
    })
    expect(ranked.request).toEqual({ operation: 'rerank' })
    expect(ranked.response).toEqual({ usage: { inputTokens: 5 } })
    const embedded = readExchange({
      call: 'POST https://embeddings.endpoint.relace.run/v1/code/embed',
      request: { model: 'relace-embed-v1', input: ['x'] },
      response: { results: [{ index: 0, embedding: [0.1] }], usage: { total_tokens: 6 } },
    })
    expect(embedded.request).toEqual({ operation: 'embeddings', model: 'relace-embed-v1' })
    expect(embedded.response).toEqual({ usage: { inputTokens: 6 } })
  })

  test("an app's own /v1/code/apply is none", () => {
    expect(
      readExchange({ call: 'POST /v1/code/apply', request: { initial_code: 'a' } }).flavor,
    ).toBeUndefined()
  })
})

test('Contextual AI chats at a path of Cohere', () => {
  const { flavor, request } = readExchange({
    call: 'POST https://api.contextual.ai/v1/generate',
    request: { model: 'v2', messages: [{ role: 'user', content: 'x' }], knowledge: ['k'] },
    response: { response: 'y' },
  })
  expect(flavor).toBe('openai-chat-completions')
  expect(request).toEqual({ operation: 'chat', model: 'v2' })
})

test('Writer is asked about images', () => {
  const call = 'POST https://api.writer.com/v1/vision'
  const { request } = readExchange({
    call,
    request: { model: 'palmyra-vision', prompt: 'x', variables: [{ name: 'a', file_id: 'f' }] },
    response: { data: 'y' },
  })
  expect(request).toEqual({ operation: 'text_completion', model: 'palmyra-vision' })
})

test('Upstage reads documents, and bills by the page', () => {
  const { request, response } = readExchange({
    call: 'POST https://api.upstage.ai/v1/document-digitization',
    requestHeaders: { 'content-type': 'multipart/form-data; boundary=b' },
    request: '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\ndocument-parse\r\n--b--\r\n',
    response: { api: '2.0', model: 'document-parse-250404', elements: [], usage: { pages: 3 } },
  })
  expect(request).toEqual({ operation: 'generate_content', outputType: 'text', model: 'document-parse' })
  expect(response).toEqual({ model: 'document-parse-250404', usage: { pages: 3 } })
})

describe('TwelveLabs writes about a video', () => {
  const call = 'POST https://api.twelvelabs.io/v1.3/analyze'

  test('in an answer', () => {
    const { request, response } = readExchange({
      call,
      request: { video_id: 'v', prompt: 'x', temperature: 0.2, stream: false },
      response: { id: 'a1', data: 'y', finish_reason: 'stop', usage: { output_tokens: 39 } },
    })
    expect(request).toEqual({
      operation: 'generate_content',
      outputType: 'text',
      stream: false,
      temperature: 0.2,
    })
    expect(response).toEqual({ id: 'a1', finishReasons: ['stop'], usage: { outputTokens: 39 } })
  })

  test('in a stream, which is what it does unless told otherwise', () => {
    const { request, response } = readExchange({
      call,
      request: { video_id: 'v', prompt: 'x' },
      response: [
        { event_type: 'stream_start', metadata: { generation_id: 'a1' } },
        { event_type: 'text_generation', text: 'y' },
        {
          event_type: 'stream_end',
          finish_reason: 'stop',
          metadata: { generation_id: 'a1', usage: { output_tokens: 39 } },
        },
      ]
        .map((event) => JSON.stringify(event))
        .join('\n'),
    })
    expect(request?.stream).toBe(true)
    expect(response).toEqual({ id: 'a1', finishReasons: ['stop'], usage: { outputTokens: 39 } })
  })
})

describe('servers of one’s own', () => {
  test.each([
    ['whole', (end: object) => end],
    ['streamed', (end: object) => serverSentEvents({ content: 'a', stop: false, tokens_evaluated: 3 }, end)],
  ])('llama.cpp answers in its own way at /completions, %s', (_, answer) => {
    const { response } = readExchange({
      call: 'POST http://localhost:8080/completions',
      request: { prompt: 'x', n_predict: 5 },
      response: answer({
        content: 'y',
        stop: true,
        model: 'm',
        tokens_predicted: 5,
        tokens_evaluated: 3,
        stop_type: 'limit',
      }),
    })
    expect(response).toEqual({
      model: 'm',
      finishReasons: ['limit'],
      usage: { inputTokens: 3, outputTokens: 5 },
    })
  })

  test("Hugging Face's reranks with a list, and counts in a header", () => {
    const { response } = readExchange({
      call: 'POST http://localhost:8080/rerank',
      request: { query: 'q', texts: ['a'] },
      responseHeaders: { 'x-compute-tokens': '12' },
      response: '\n[{ "index": 0, "score": 0.9 }]',
    })
    expect(response).toEqual({ usage: { inputTokens: 12 } })
  })

  test('vLLM scores pairs of texts, and pools', () => {
    const answer = {
      id: 's1',
      object: 'list',
      model: 'm',
      data: [],
      usage: { prompt_tokens: 12, total_tokens: 12, completion_tokens: 0 },
    }
    const wanted = { id: 's1', model: 'm', usage: { inputTokens: 12, outputTokens: 0 } }
    const scored = readExchange({
      call: 'POST http://vllm:8000/v1/score',
      request: { model: 'm', text_1: 'a', text_2: ['b'] },
      response: answer,
    })
    expect(scored.request).toEqual({ operation: 'rerank', model: 'm' })
    expect(scored.response).toEqual(wanted)
    const pooled = readExchange({
      call: 'POST http://vllm:8000/pooling',
      request: { model: 'm', input: 'a' },
      response: answer,
    })
    expect(pooled.request).toEqual({ operation: 'embeddings', model: 'm' })
    expect(pooled.response).toEqual(wanted)
  })

  test.each(['/score', '/pooling'])("an app's own %s is none", (path) => {
    expect(
      readExchange({ call: `POST ${path}`, request: { player: 'x', points: 3 } }).request,
    ).toBeUndefined()
  })
})

test.each([
  ['/semantic_embed', { prompt: 'x' }],
  ['/batch_semantic_embed', { prompts: ['x'] }],
])('Aleph Alpha embeds at %s', (path, request) => {
  const read = readExchange({
    call: `POST https://api.aleph-alpha.com${path}`,
    request: { model: 'luminous-base', representation: 'symmetric', ...request },
    response: { model_version: '2023-03', embedding: [0.1], num_tokens_prompt_total: 3 },
  })
  expect(read.request).toEqual({ operation: 'embeddings', model: 'luminous-base' })
  expect(read.response).toEqual({ usage: { inputTokens: 3 } })
})

test('SiliconFlow makes a video later', () => {
  const { request, response } = readExchange({
    call: 'POST https://api.siliconflow.cn/v1/video/submit',
    request: { model: 'Wan-AI/Wan2.2-T2V-A14B', prompt: 'x' },
    response: { requestId: 'r1' },
  })
  expect(request).toEqual({ operation: 'generate_content', model: 'Wan-AI/Wan2.2-T2V-A14B' })
  expect(response).toEqual({ id: 'r1' })
})

test.each([
  ['users.rime.ai/v1/rime-tts', { modelId: 'mistv2' }, 'mistv2', { characters: 5 }],
  ['api.inworld.ai/tts/v1/voice', { modelId: 'inworld-tts-1' }, 'inworld-tts-1', { characters: 6 }],
  ['api.murf.ai/v1/speech/generate', { modelVersion: 'GEN2' }, 'GEN2', { characters: 7 }],
  ['api.fish.audio/v1/tts', { reference_id: 'v' }, 's1', { characters: 5 }],
])('%s speaks', (address, body, model, usage) => {
  const read = readExchange({
    call: `POST https://${address}`,
    requestHeaders: address.includes('fish') ? { model: 's1' } : {},
    request: { text: 'Hello', ...body },
    responseHeaders: { 'content-type': 'application/json' },
    response: {
      ...(address.includes('murf') && { consumedCharacterCount: 7 }),
      ...(address.includes('inworld') && { usage: { processedCharactersCount: 6 } }),
    },
  })
  expect(read.request).toEqual({
    operation: 'generate_content',
    outputType: 'speech',
    model,
    characters: 5,
  })
  expect(read.response).toEqual({ usage })
})

test('a total alone is not the input of a chat', () => {
  const { response } = readExchange({
    call: 'POST /v1/chat/completions',
    request: { model: 'm', messages: [] },
    response: { id: 'c1', model: 'm', choices: [{ finish_reason: 'stop' }], usage: { total_tokens: 185 } },
  })
  expect(response).toEqual({ id: 'c1', model: 'm', finishReasons: ['stop'] })
})

test('a total alone is the input of embeddings by DashScope', () => {
  const { response } = readExchange({
    call: 'POST https://dashscope.aliyuncs.com/api/v1/services/embeddings/text-embedding/text-embedding',
    request: { model: 'text-embedding-v3', input: { texts: ['x'] } },
    response: { output: { embeddings: [] }, usage: { total_tokens: 23 }, request_id: 'r1' },
  })
  expect(response?.usage).toEqual({ inputTokens: 23 })
})

describe('KoboldCpp', () => {
  const request = { prompt: 'x', max_context_length: 2048, max_length: 50, temperature: 0.7 }

  test('completes in its own way', () => {
    const read = readExchange({
      call: 'POST http://localhost:5001/api/v1/generate',
      request,
      response: {
        results: [{ text: 'y', finish_reason: 'length', prompt_tokens: 3, completion_tokens: 50 }],
      },
    })
    expect(read.request).toEqual({ operation: 'text_completion', maxTokens: 50, temperature: 0.7 })
    expect(read.response).toEqual({ finishReasons: ['length'], usage: { inputTokens: 3, outputTokens: 50 } })
  })

  test('streams tokens, without counting them', () => {
    const read = readExchange({
      call: 'POST http://localhost:5001/api/extra/generate/stream',
      request,
      response:
        'event: message\ndata: {"token": "y", "finish_reason": null}\n\n' +
        'event: message\ndata: {"token": "", "finish_reason": "stop"}\n\n',
    })
    expect(read.request?.stream).toBe(true)
    expect(read.response).toEqual({ finishReasons: ['stop'] })
  })

  test("an app's own /api/v1/generate is none", () => {
    const read = readExchange({ call: 'POST /api/v1/generate', request: { prompt: 'a logo' } })
    expect(read.request).toBeUndefined()
  })
})

test('Cohere summarizes', () => {
  const call = 'POST https://api.cohere.ai/v1/summarize'
  const { request, response } = readExchange({
    call,
    request: { text: 'x', model: 'command', temperature: 0.3 },
    response: {
      id: 's1',
      summary: 'y',
      meta: { api_version: { version: '1' }, billed_units: { input_tokens: 321, output_tokens: 111 } },
    },
  })
  expect(request).toEqual({ operation: 'text_completion', model: 'command', temperature: 0.3 })
  expect(response).toEqual({ id: 's1', usage: { inputTokens: 321, outputTokens: 111 } })
})

test('Speechmatics transcribes in the background, at a host for each region', () => {
  const asked = readExchange({
    call: 'POST https://eu1.asr.api.speechmatics.com/v2/jobs',
    requestHeaders: { 'content-type': 'multipart/form-data; boundary=b' },
    request: '--b--',
    status: 201,
    response: { id: 'j1' },
  })
  expect(asked.request).toMatchObject({ operation: 'generate_content', background: true })
  expect(asked.response).toEqual({ id: 'j1' })
  const fetched = readExchange({
    call: 'GET https://eu1.asr.api.speechmatics.com/v2/jobs/j1',
    response: { job: { id: 'j1', status: 'done', duration: 244, created_at: '2026-11-30T00:00:00Z' } },
  })
  expect(fetched.response).toEqual({ id: 'j1', status: 'done', fetched: { usage: { seconds: 244 } } })
})
