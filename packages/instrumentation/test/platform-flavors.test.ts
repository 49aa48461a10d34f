import { describe, expect, test } from 'vitest'
import { readExchange, serverSentEvents } from './support/exchange.ts'

const multipart = (fields: Record<string, string>): string =>
  [
    ...Object.entries(fields).flatMap(([name, value]) => [
      '--b',
      `Content-Disposition: form-data; name="${name}"`,
      '',
      value,
    ]),
    '--b--',
    '',
  ].join('\r\n')

describe("models behind other platforms' APIs", () => {
  test('Salesforce names the model in the path, and states usage beside the generations', () => {
    const usage = {
      prompt_tokens: 12,
      completion_tokens: 5,
      total_tokens: 17,
      prompt_tokens_details: { cached_tokens: 4 },
    }
    const { flavor, request, response } = readExchange({
      call: 'POST https://api.salesforce.com/einstein/platform/v1/models/sfdc_ai__DefaultGPT4Omni/chat-generations',
      request: { messages: [{ role: 'user', content: 'Hi' }] },
      response: {
        id: 'g1',
        generationDetails: {
          generations: [{ content: 'Hello', parameters: { finish_reason: 'stop', index: 0 } }],
          parameters: { model: 'gpt-4o-2024-11-20', usage },
        },
      },
    })
    expect({ flavor, request }).toEqual({
      flavor: 'salesforce-models',
      request: { operation: 'chat', model: 'sfdc_ai__DefaultGPT4Omni' },
    })
    expect(response).toEqual({
      id: 'g1',
      model: 'gpt-4o-2024-11-20',
      finishReasons: ['stop'],
      usage: { inputTokens: 12, cacheReadTokens: 4, outputTokens: 5 },
    })
  })

  test("Salesforce's texts and embeddings", () => {
    const text = readExchange({
      call: 'POST https://api.salesforce.com/einstein/platform/v1/models/m/generations',
      request: { prompt: 'Hi' },
      response: {
        id: 'g1',
        generation: { generatedText: 'Hello', parameters: { finish_reason: 'length' } },
        parameters: { model: 'm-1', usage: { prompt_tokens: 2, completion_tokens: 3 } },
      },
    })
    expect(text.request).toEqual({ operation: 'text_completion', model: 'm' })
    expect(text.response).toEqual({
      id: 'g1',
      model: 'm-1',
      finishReasons: ['length'],
      usage: { inputTokens: 2, outputTokens: 3 },
    })
    const embeddings = readExchange({
      call: 'POST https://api.salesforce.com/einstein/platform/v1/models/m/embeddings',
      request: { input: ['Hi'] },
      response: {
        embeddings: [{ embedding: [0.1], index: 0 }],
        parameters: { model: 'ada', usage: { prompt_tokens: 2, total_tokens: 2 } },
      },
    })
    expect(embeddings).toEqual({
      flavor: 'salesforce-models',
      request: { operation: 'embeddings', model: 'm' },
      response: { model: 'ada', usage: { inputTokens: 2 } },
    })
  })

  test.each([
    ['chunks as they are', (chunk: object) => chunk],
    ['chunks in an object', (chunk: object) => ({ chat_completion: chunk })],
  ])('Elasticsearch streams a chat by the endpoint of its name: %s', (_, wrapped) => {
    const { flavor, request, response } = readExchange({
      call: 'POST https://es.example:9200/_inference/chat_completion/my-endpoint/_stream',
      request: { messages: [{ role: 'user', content: 'Hi' }], max_completion_tokens: 9 },
      response: serverSentEvents(
        wrapped({ id: 'c1', model: 'gpt-4o', choices: [{ delta: { content: 'Hello' }, index: 0 }] }),
        wrapped({ id: 'c1', model: 'gpt-4o', choices: [{ delta: {}, index: 0, finish_reason: 'stop' }] }),
        wrapped({
          id: 'c1',
          model: 'gpt-4o',
          choices: [],
          usage: { prompt_tokens: 7, completion_tokens: 2 },
        }),
      ),
    })
    expect({ flavor, request }).toEqual({
      flavor: 'elasticsearch-inference',
      request: { operation: 'chat', model: 'my-endpoint', maxTokens: 9, stream: true },
    })
    expect(response).toEqual({
      id: 'c1',
      model: 'gpt-4o',
      finishReasons: ['stop'],
      usage: { inputTokens: 7, outputTokens: 2 },
    })
  })

  test.each([
    ['text_embedding', 'embeddings'],
    ['completion', 'text_completion'],
    ['rerank', 'rerank'],
  ])('Elasticsearch runs a %s', (task, operation) => {
    const { request, response } = readExchange({
      call: `POST https://es.example/_inference/${task}/my-embeddings`,
      request: { input: ['Hi'] },
      response: { [task]: [] },
    })
    expect(request).toEqual({ operation, model: 'my-embeddings' })
    expect(response).toEqual({})
  })

  test('an answer of Exa states what it cost, streamed or not', () => {
    const call = 'POST https://api.exa.ai/answer'
    const request = { query: 'Why?', stream: true }
    const streamed = readExchange({
      call,
      request,
      response: serverSentEvents(
        { id: 'a1', model: 'exa', choices: [{ index: 0, delta: { content: 'So' }, finish_reason: null }] },
        { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], costDollars: { total: 0.005 } },
      ),
    })
    expect(streamed.request).toEqual({ operation: 'chat', stream: true })
    expect(streamed.response).toEqual({
      id: 'a1',
      model: 'exa',
      finishReasons: ['stop'],
      declaredCost: { amount: 0.005, currency: 'USD' },
    })
    const whole = readExchange({
      call,
      request: { query: 'Why?' },
      response: { requestId: 'r1', answer: 'So', citations: [], costDollars: { total: 0.005 } },
    })
    expect(whole.response).toEqual({ id: 'r1', declaredCost: { amount: 0.005, currency: 'USD' } })
  })

  test('what research of Exa cost is known when it is fetched ended', () => {
    const asked = { researchId: 'r1', model: 'exa-research', status: 'running', instructions: 'Why?' }
    const created = readExchange({
      call: 'POST https://api.exa.ai/research/v1',
      request: { instructions: 'Why?', model: 'exa-research' },
      response: asked,
    })
    expect(created.request).toEqual({ operation: 'chat', background: true, model: 'exa-research' })
    expect(created.response).toEqual({ id: 'r1', model: 'exa-research', status: 'running' })
    const fetched = readExchange({
      call: 'GET https://api.exa.ai/research/v1/r1',
      response: { ...asked, status: 'completed', costDollars: { total: 0.1, reasoningTokens: 1000 } },
    })
    expect(fetched.request).toEqual({ operation: 'fetch_response', responseId: 'r1' })
    expect(fetched.response).toMatchObject({ fetched: { declaredCost: { amount: 0.1, currency: 'USD' } } })
  })

  test("Z.AI's agents answer as chats do", () => {
    const { flavor, request, response } = readExchange({
      call: 'POST https://api.z.ai/api/v1/agents',
      request: { agent_id: 'general_translation', messages: [] },
      response: {
        id: 'i1',
        agent_id: 'general_translation',
        conversation_id: 'v1',
        status: 'success',
        choices: [{ index: 0, finish_reason: 'stop', messages: [{ role: 'assistant', content: 'Hallo' }] }],
        usage: { prompt_tokens: 30, completion_tokens: 4, total_tokens: 34 },
      },
    })
    expect({ flavor, request }).toEqual({
      flavor: 'zai-agents',
      request: { operation: 'invoke_agent', agentId: 'general_translation' },
    })
    expect(response).toEqual({
      id: 'i1',
      finishReasons: ['stop'],
      usage: { inputTokens: 30, outputTokens: 4 },
      conversationId: 'v1',
      status: 'success',
    })
  })

  test('a workflow of Coze, run at once or streamed', () => {
    const usage = { token_count: 50, input_count: 40, output_count: 10 }
    const request = { workflow_id: 'w1', parameters: { input: 'Hi' } }
    const whole = readExchange({
      call: 'POST https://api.coze.com/v1/workflow/run',
      request,
      response: { code: 0, msg: '', data: '{"output":"Hello"}', execute_id: 'e1', usage },
    })
    expect(whole).toEqual({
      flavor: 'coze-workflows',
      request: { operation: 'invoke_agent', agentId: 'w1' },
      response: { id: 'e1', usage: { inputTokens: 40, outputTokens: 10 } },
    })
    const streamed = readExchange({
      call: 'POST https://api.coze.com/v1/workflow/stream_run',
      request,
      response: [
        `id: 0\nevent: Message\ndata: ${JSON.stringify({ content: 'Hello', node_is_finish: true, usage })}\n\n`,
        'id: 1\nevent: Done\ndata: {}\n\n',
      ].join(''),
    })
    expect(streamed.request).toEqual({ operation: 'invoke_agent', agentId: 'w1', stream: true })
    expect(streamed.response).toEqual({ usage: { inputTokens: 40, outputTokens: 10 } })
  })

  test('a workflow of Coze that fails tells so inside of a 200', () => {
    const streamed = readExchange({
      call: 'POST https://api.coze.com/v1/workflow/stream_run',
      request: { workflow_id: 'w1' },
      response: 'id: 0\nevent: Error\ndata: {"error_code":5000,"error_message":"no"}\n\n',
    })
    expect(streamed.response).toEqual({ error: { type: '5000', message: 'no' } })
  })
})

describe('counts where others have none', () => {
  test('GigaChat counts the tokens of each text that it embeds by itself', () => {
    const vector = (index: number, prompt_tokens: number): object => ({
      object: 'embedding',
      embedding: Array.from({ length: 2560 }, () => 0.017_334_1),
      index,
      usage: { prompt_tokens },
    })
    const { response } = readExchange({
      call: 'POST https://gigachat.devices.sberbank.ru/api/v1/embeddings',
      request: { model: 'Embeddings', input: ['a', 'b'] },
      response: { object: 'list', data: [vector(0, 6), vector(1, 8)], model: 'Embeddings' },
    })
    expect(response).toEqual({ model: 'Embeddings', usage: { inputTokens: 14 } })
  })
})

describe('media that platforms of their own make', () => {
  test.each<[string, object, number, string | undefined]>([
    ['https://api.hume.ai/v0/tts/file', { utterances: [{ text: 'Hello' }, { text: 'Bye' }] }, 8, undefined],
    [
      'https://api.lmnt.com/v1/ai/speech/bytes',
      { text: 'Hello', voice: 'ava', model: 'aurora' },
      5,
      'aurora',
    ],
    ['https://api.cartesia.ai/tts/sse', { transcript: 'Hello', model_id: 'sonic-3' }, 5, 'sonic-3'],
    ['https://api.sarvam.ai/text-to-speech', { text: 'Hello', model: 'bulbul:v3' }, 5, 'bulbul:v3'],
  ])('%s speaks, billed by the character', (address, request, characters, model) => {
    const read = readExchange({
      call: `POST ${address}`,
      request,
      responseHeaders: { 'content-type': 'audio/mpeg' },
      response: 'ID3',
    })
    expect(read.request).toEqual({
      operation: 'generate_content',
      outputType: 'speech',
      characters,
      ...(model && { model }),
    })
    expect(read.response).toEqual({ usage: { characters } })
  })

  test('Cartesia writes down what it hears, billed by the second', () => {
    const { request, response } = readExchange({
      call: 'POST https://api.cartesia.ai/stt',
      request: multipart({ model: 'ink-whisper' }),
      response: { text: 'Hello', language: 'en', duration: 2.5 },
    })
    expect(request).toMatchObject({ model: 'ink-whisper', outputType: 'text' })
    expect(response).toEqual({ usage: { seconds: 2.5 } })
  })

  test.each<[string, object | string, string | undefined]>([
    [
      'https://api.soniox.com/v1/transcriptions',
      { model: 'stt-async-v4', audio_url: 'https://x' },
      'stt-async-v4',
    ],
    ['https://api.gladia.io/v2/pre-recorded', { audio_url: 'https://x' }, undefined],
    ['https://api.rev.ai/speechtotext/v1/jobs', { transcriber: 'fusion' }, 'fusion'],
    [
      'https://api.rev.ai/speechtotext/v1/jobs',
      multipart({ options: '{"transcriber":"machine"}' }),
      'machine',
    ],
  ])('%s is asked for a transcript that is made later', (address, request, model) => {
    const read = readExchange({ call: `POST ${address}`, request, response: { id: 'j1', status: 'queued' } })
    expect(read.request).toEqual({
      operation: 'generate_content',
      outputType: 'text',
      background: true,
      ...(model && { model }),
    })
    expect(read.response).toEqual({ id: 'j1', status: 'queued' })
  })

  test.each([
    ['https://api.soniox.com/v1/transcriptions/j1', { status: 'completed', audio_duration_ms: 2500 }],
    [
      'https://api.gladia.io/v2/pre-recorded/j1',
      { status: 'done', result: { metadata: { audio_duration: 2.5 } } },
    ],
    ['https://api.rev.ai/speechtotext/v1/jobs/j1', { status: 'transcribed', duration_seconds: 2.5 }],
  ])('%s says how long the recording was', (address, job) => {
    const { request, response } = readExchange({ call: `GET ${address}`, response: { id: 'j1', ...job } })
    expect(request).toEqual({ operation: 'fetch_response', responseId: 'j1' })
    expect(response).toEqual({ id: 'j1', status: job.status, fetched: { usage: { seconds: 2.5 } } })
  })

  test("Luma's videos are billed by the second that is asked for, its images by their number", () => {
    const call = 'POST https://api.lumalabs.ai/dream-machine/v1/generations'
    const response = { id: 'g1', state: 'queued' }
    const video = readExchange({ call, request: { model: 'ray-2', duration: '5s', prompt: 'x' }, response })
    expect(video.request).toMatchObject({ model: 'ray-2', background: true, seconds: 5 })
    expect(video.response).toEqual({ id: 'g1', status: 'queued', usage: { seconds: 5 } })
    const image = readExchange({ call: `${call}/image`, request: { model: 'photon-1' }, response })
    expect(image.request).toMatchObject({ model: 'photon-1', outputType: 'image' })
    expect(image.response).toEqual({ id: 'g1', status: 'queued', usage: { images: 1 } })
  })

  test("MiniMax' videos are billed by the second that is asked for, its images by those that came", () => {
    const ok = { base_resp: { status_code: 0, status_msg: 'success' } }
    const video = readExchange({
      call: 'POST https://api.minimax.io/v1/video_generation',
      request: { model: 'MiniMax-Hailuo-2.3', duration: 6 },
      response: { task_id: 't1', ...ok },
    })
    expect(video.request).toMatchObject({ model: 'MiniMax-Hailuo-2.3', background: true })
    expect(video.response).toEqual({ id: 't1', usage: { seconds: 6 } })
    const images = readExchange({
      call: 'POST https://api.minimax.io/v1/image_generation',
      request: { model: 'image-01', n: 3 },
      response: { id: 'i1', data: { image_urls: ['a', 'b'] }, metadata: { success_count: '2' }, ...ok },
    })
    expect(images.response).toEqual({ id: 'i1', usage: { images: 2 } })
    const refused = readExchange({
      call: 'POST https://api.minimax.io/v1/image_generation',
      request: { model: 'image-01' },
      response: { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
    })
    expect(refused.response).toEqual({ error: { type: '1008', message: 'insufficient balance' } })
  })

  test("Fireworks' images are of the model that the path names", () => {
    const model = 'accounts/fireworks/models/flux-1-schnell-fp8'
    const { request, response } = readExchange({
      call: `POST https://api.fireworks.ai/inference/v1/workflows/${model}/text_to_image`,
      request: { prompt: 'x' },
      responseHeaders: { 'content-type': 'image/jpeg' },
      response: 'JFIF',
    })
    expect(request).toEqual({ operation: 'generate_content', outputType: 'image', model })
    expect(response).toEqual({ usage: { images: 1 } })
    const ticket = readExchange({
      call: `POST https://api.fireworks.ai/inference/v1/workflows/${model}`,
      request: { prompt: 'x' },
      responseHeaders: { 'content-type': 'application/json' },
      response: { request_id: 'r1' },
    })
    expect(ticket.response).toEqual({ id: 'r1', usage: { images: 1 } })
  })

  test("a video that Vercel's gateway makes later is billed by the second that is asked for", () => {
    const { request, response } = readExchange({
      call: 'POST https://ai-gateway.vercel.sh/v4/ai/video-model/start',
      requestHeaders: { 'ai-model-id': 'google/veo-3.1' },
      request: { prompt: 'x', n: 1, duration: 8 },
      response: { operation: { id: 'o1' }, warnings: [] },
    })
    expect(request).toMatchObject({ operation: 'generate_content', model: 'google/veo-3.1', seconds: 8 })
    expect(response).toEqual({ usage: { seconds: 8 } })
  })

  test('a job of Prodia states its price in the first part of the form that it answers with', () => {
    const job = { id: 'j1', state: { current: 'completed' }, price: { product: 'flux', dollars: 0.0005 } }
    const { request, response } = readExchange({
      call: 'POST https://inference.prodia.com/v2/job?price=true',
      request: { type: 'inference.flux-fast.schnell.txt2img.v2', config: { prompt: 'x' } },
      responseHeaders: { 'content-type': 'multipart/form-data; boundary=b' },
      response: `${multipart({ job: JSON.stringify(job) }).replace('--b--\r\n', '')}--b\r\n\r\nPNG{\r\n--b--`,
    })
    expect(request).toEqual({
      operation: 'generate_content',
      outputType: 'image',
      model: 'inference.flux-fast.schnell.txt2img.v2',
    })
    expect(response).toEqual({
      id: 'j1',
      usage: { images: 1 },
      declaredCost: { amount: 0.0005, currency: 'USD' },
    })
  })

  test('tasks of Runware cost what their results say', () => {
    const result = { taskType: 'imageInference', imageURL: 'https://x', cost: 0.0013 }
    const { request, response } = readExchange({
      call: 'POST https://api.runware.ai/v1',
      request: [{ taskType: 'imageInference', model: 'runware:101@1', numberResults: 2, includeCost: true }],
      response: { data: [result, result] },
    })
    expect(request).toEqual({
      operation: 'generate_content',
      outputType: 'image',
      model: 'runware:101@1',
      choiceCount: 2,
    })
    expect(response).toEqual({ usage: { images: 2 }, declaredCost: { amount: 0.0026, currency: 'USD' } })
  })

  test('a job of RunPod costs what it says once it is done', () => {
    const done = { id: 'j1', status: 'COMPLETED', output: { image_url: 'https://x', cost: 0.002 } }
    const cost = { amount: 0.002, currency: 'USD' }
    const call = 'https://api.runpod.ai/v2/qwen-image'
    const waited = readExchange({ call: `POST ${call}/runsync`, request: { input: {} }, response: done })
    expect(waited.request).toEqual({ operation: 'generate_content', model: 'qwen-image' })
    expect(waited.response).toEqual({ id: 'j1', status: 'COMPLETED', declaredCost: cost })
    const asked = readExchange({
      call: `POST ${call}/run`,
      request: { input: {} },
      response: { id: 'j1', status: 'IN_QUEUE' },
    })
    expect(asked.request?.background).toBe(true)
    const fetched = readExchange({ call: `GET ${call}/status/j1`, response: done })
    expect(fetched.request).toEqual({ operation: 'fetch_response', responseId: 'j1' })
    expect(fetched.response).toEqual({ id: 'j1', status: 'COMPLETED', fetched: { declaredCost: cost } })
  })

  test("the first version of Stability's API gives so many images of the engine in its path", () => {
    const { request, response } = readExchange({
      call: 'POST https://api.stability.ai/v1/generation/stable-diffusion-xl-1024-v1-0/text-to-image',
      request: { text_prompts: [{ text: 'x' }], samples: 2 },
      responseHeaders: { 'content-type': 'application/json' },
      response: { artifacts: [{ base64: 'x' }, { base64: 'y' }] },
    })
    expect(request).toMatchObject({ model: 'stable-diffusion-xl-1024-v1-0', outputType: 'image' })
    expect(response).toEqual({ usage: { images: 2 } })
  })
})
