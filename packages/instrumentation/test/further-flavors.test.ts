import { describe, expect, test } from 'vitest'
import { awsFrame, awsFrames } from './support/aws-frames.ts'
import { readExchange, serverSentEvents } from './support/exchange.ts'

describe('decisions', () => {
  test.each([
    ['/v1/decisions', { model: 'm', input: 'x', questions: [{ type: 'predicate' }] }],
    ['/api/v1/systemone', { model: 'm', state: { text: 'x' }, questions: { urgent: { type: 'noul' } } }],
    ['/api/alpha/decisions', { model: 'm', state: 'x', questions: { urgent: { type: 'noul' } } }],
  ])('%s: typed questions are a call with usage', (path, request) => {
    const read = readExchange({
      call: `POST ${path}`,
      request,
      response: {
        model: 'm-1',
        answers: [],
        usage: { input_tokens: 387, input_tokens_details: { cached_tokens: 100 }, output_tokens: 3 },
      },
    })
    expect(read).toEqual({
      flavor: 'decisions',
      request: { operation: 'decision', model: 'm' },
      response: { model: 'm-1', usage: { inputTokens: 387, cacheReadTokens: 100, outputTokens: 3 } },
    })
  })

  test("Google's count as its interactions do", () => {
    const { response } = readExchange({
      call: 'POST https://generativelanguage.googleapis.com/v1beta/decisions',
      request: { model: 'gemini-m', input: 'x', questions: { urgent: { type: 'noul' } } },
      response: {
        answers: {},
        usage: {
          total_input_tokens: 90,
          total_output_tokens: 4,
          total_tokens: 94,
          input_tokens_by_modality: [{ modality: 'audio', tokens: 60 }],
        },
      },
    })
    expect(response).toEqual({ usage: { inputTokens: 90, outputTokens: 4, audioInputTokens: 60 } })
  })

  test("Vercel's gateway answers them in the AI SDK's protocol", () => {
    const read = readExchange({
      call: 'POST https://ai-gateway.vercel.sh/v4/ai/decision-model',
      requestHeaders: { 'ai-model-id': 'openai/gpt-5.6' },
      request: { stateParts: [], questions: {} },
      response: {
        answers: {},
        model: 'openai/gpt-5.6',
        usage: { inputTokens: 9, outputTokens: 1 },
        providerMetadata: { gateway: { cost: '0.00012' } },
      },
    })
    expect(read.request).toEqual({ operation: 'decision', model: 'openai/gpt-5.6' })
    expect(read.response).toEqual({
      model: 'openai/gpt-5.6',
      usage: { inputTokens: 9, outputTokens: 1 },
      declaredCost: { amount: 0.00012, currency: 'USD' },
    })
  })

  test('Workers AI answers them like anything else', () => {
    const read = readExchange({
      call: 'POST /client/v4/accounts/a/ai/run/@cf/cloudflare/clef',
      request: { state: 'x', questions: { urgent: { type: 'noul' } } },
      response: { success: true, result: { model: 'clef', usage: { input_tokens: 9, output_tokens: 1 } } },
    })
    expect(read.request).toEqual({ operation: 'decision', model: '@cf/cloudflare/clef' })
    expect(read.response).toEqual({ model: 'clef', usage: { inputTokens: 9, outputTokens: 1 } })
  })

  test("an app's own decisions are none", () => {
    expect(readExchange({ call: 'POST /v1/decisions', request: { action: 'allow' } }).request).toBeUndefined()
  })
})

describe('videos', () => {
  test.each(['/v1/videos', '/v2/videos'])('%s: are billed by the seconds that were asked for', (path) => {
    const { request, response } = readExchange({
      call: `POST ${path}`,
      request: { model: 'sora-2', prompt: 'A cat', seconds: '8', size: '1280x720' },
      response: { id: 'video_1', model: 'sora-2', status: 'queued', seconds: '8' },
    })
    expect(request).toEqual({ operation: 'generate_content', model: 'sora-2', image: { size: '1280x720' } })
    expect(response).toEqual({ id: 'video_1', model: 'sora-2', status: 'queued', usage: { seconds: 8 } })
  })

  test('Veo makes as many as are asked for, of one length', () => {
    const { request, response } = readExchange({
      call: 'POST /v1beta/models/veo-3.1-generate-preview:predictLongRunning',
      request: { instances: [{ prompt: 'A cat' }], parameters: { durationSeconds: 8, sampleCount: 2 } },
      response: { name: 'models/veo-3.1-generate-preview/operations/1' },
    })
    expect(request).toMatchObject({ operation: 'generate_content', model: 'veo-3.1-generate-preview' })
    expect(response).toEqual({ usage: { seconds: 16 } })
  })
})

describe('runs of an assistant on a thread', () => {
  const run = { id: 'run_1', object: 'thread.run', thread_id: 'thread_1', model: 'gpt-4o' }
  const request = { assistant_id: 'asst_1', stream: true }

  test('state their usage where they are streamed', () => {
    const read = readExchange({
      call: 'POST /v1/threads/thread_1/runs',
      request,
      response: serverSentEvents(
        { ...run, status: 'queued', usage: null },
        { ...run, status: 'completed', usage: { prompt_tokens: 20, completion_tokens: 11 } },
      ),
    })
    expect(read.request).toEqual({
      operation: 'invoke_agent',
      agentId: 'asst_1',
      conversationId: 'thread_1',
      stream: true,
    })
    expect(read.response).toEqual({
      id: 'run_1',
      model: 'gpt-4o',
      status: 'completed',
      conversationId: 'thread_1',
      usage: { inputTokens: 20, outputTokens: 11 },
    })
  })

  test("LangGraph's runs, which have an input, are no call of a model", () => {
    const read = readExchange({ call: 'POST /threads/t/runs', request: { assistant_id: 'a', input: {} } })
    expect(read.request).toBeUndefined()
  })
})

describe('servers of one’s own', () => {
  test('llama.cpp: only the last event of a stream counts', () => {
    const { flavor, request, response } = readExchange({
      call: 'POST http://localhost:8080/completion',
      request: { prompt: 'Hello', n_predict: 16, stream: true, temperature: 0 },
      response: serverSentEvents(
        { content: 'Hi', stop: false, tokens_predicted: 1, tokens_evaluated: 5 },
        {
          content: '',
          stop: true,
          stop_type: 'eos',
          model: 'qwen',
          tokens_predicted: 9,
          tokens_evaluated: 5,
        },
      ).replace('data: [DONE]\n\n', ''),
    })
    expect(flavor).toBe('llamacpp-completion')
    expect(request).toEqual({ operation: 'text_completion', stream: true, maxTokens: 16, temperature: 0 })
    expect(response).toEqual({
      model: 'qwen',
      finishReasons: ['eos'],
      usage: { inputTokens: 5, outputTokens: 9 },
    })
  })

  const stats = { input_tokens: 20, total_output_tokens: 30, reasoning_output_tokens: 10 }
  const chat = { model_instance_id: 'qwen', output: [], response_id: 'resp_1', stats }
  test.each([
    ['a body', chat],
    ['a stream', `event: chat.end\ndata: ${JSON.stringify({ type: 'chat.end', result: chat })}\n\n`],
  ])('LM Studio: %s', (_, response) => {
    const read = readExchange({
      call: 'POST http://localhost:1234/api/v1/chat',
      request: { model: 'qwen', input: 'Hello', previous_response_id: 'resp_0' },
      response,
    })
    expect(read).toEqual({
      flavor: 'lm-studio-chat',
      request: { operation: 'chat', model: 'qwen', previousResponseId: 'resp_0' },
      response: {
        id: 'resp_1',
        model: 'qwen',
        usage: { inputTokens: 20, outputTokens: 30, reasoningTokens: 10 },
      },
    })
  })

  test('text embeddings inference counts in a header', () => {
    const { request, response } = readExchange({
      call: 'POST http://tei.internal/embed',
      request: { inputs: ['a', 'b'] },
      responseHeaders: { 'x-compute-tokens': '7' },
      response: '[[0.1],[0.2]]',
    })
    expect(request).toEqual({ operation: 'embeddings' })
    expect(response).toEqual({ usage: { inputTokens: 7 } })
  })
})

describe('Bedrock', () => {
  test.each([
    [
      'converse-stream',
      { messages: [] },
      { ':exception-type': 'throttlingException' },
      'throttlingException',
    ],
    ['converse-stream', { messages: [] }, { ':error-code': 'InternalFailure' }, 'InternalFailure'],
    ['invoke-with-response-stream', { prompt: 'x' }, { ':error-code': 'InternalFailure' }, 'InternalFailure'],
  ])('%s: an error inside of the stream, described by the API or not', (path, request, headers, type) => {
    const { response } = readExchange({
      call: `POST /model/m/${path}`,
      request,
      responseHeaders: { 'content-type': 'application/vnd.amazon.eventstream' },
      response: Buffer.concat([
        awsFrame({ ':event-type': 'messageStart' }, '{"role":"assistant"}'),
        awsFrame(headers, ''),
      ]),
    })
    expect(response).toEqual({ error: { type } })
  })

  test('what a model makes of a knowledge base', () => {
    const { request, response } = readExchange({
      call: 'POST /retrieveAndGenerate',
      request: {
        input: { text: 'x' },
        retrieveAndGenerateConfiguration: {
          type: 'KNOWLEDGE_BASE',
          knowledgeBaseConfiguration: { knowledgeBaseId: 'KB1', modelArn: 'anthropic.claude-3' },
        },
      },
      response: { sessionId: 's1', output: { text: 'y' }, citations: [] },
    })
    expect(request).toEqual({ operation: 'chat', model: 'anthropic.claude-3', knowledgeBaseId: 'KB1' })
    expect(response).toEqual({ conversationId: 's1' })
  })

  test('an inline agent, whose traces state what its model has used', () => {
    const asked = {
      modelInvocationInput: { foundationModel: 'amazon.nova-pro-v1:0', text: 'x'.repeat(9000) },
    }
    const used = {
      modelInvocationOutput: {
        metadata: { usage: { inputTokens: 255, outputTokens: 136, cacheReadInputTokens: 100 } },
      },
    }
    const trace = (orchestrationTrace: object): string => JSON.stringify({ trace: { orchestrationTrace } })
    const { request, response } = readExchange({
      call: 'POST https://bedrock-agent-runtime.us-east-1.amazonaws.com/agents/session-2',
      request: { foundationModel: 'amazon.nova-pro-v1:0', inputText: 'x', enableTrace: true },
      responseHeaders: { 'content-type': 'application/vnd.amazon.eventstream' },
      response: awsFrames(
        trace(asked),
        trace(used),
        trace(asked),
        trace(used),
        JSON.stringify({ bytes: 'SGk=' }),
      ),
    })
    expect(request).toEqual({
      operation: 'invoke_agent',
      model: 'amazon.nova-pro-v1:0',
      conversationId: 'session-2',
    })
    expect(response).toEqual({
      model: 'amazon.nova-pro-v1:0',
      usage: { inputTokens: 710, cacheReadTokens: 200, outputTokens: 272 },
    })
  })

  test.each([
    ['bedrockModelConfig', 'aws.bedrock'],
    ['openAiModelConfig', 'openai'],
    ['liteLlmModelConfig', undefined],
  ])('a harness adds up what each of its turns used, of a model by %s', (configuration, provider) => {
    const arn = 'arn:aws:bedrock-agentcore:us-west-2:1:harness/H-1'
    const turn = (stopReason: string, inputTokens: number): string[] => [
      JSON.stringify({ delta: { text: '"usage"' }, contentBlockIndex: 0 }),
      JSON.stringify({ stopReason }),
      JSON.stringify({
        usage: { inputTokens, cacheReadInputTokens: 5, outputTokens: 10 },
        metrics: { latencyMs: 1 },
      }),
    ]
    const read = readExchange({
      call: `POST https://bedrock-agentcore.us-west-2.amazonaws.com/harnesses/invoke?harnessArn=${encodeURIComponent(arn)}`,
      requestHeaders: { 'x-amzn-bedrock-agentcore-runtime-session-id': 's1' },
      request: { messages: [], model: { [configuration]: { modelId: 'm' } }, maxTokens: 9 },
      responseHeaders: { 'content-type': 'application/vnd.amazon.eventstream' },
      response: awsFrames(...turn('tool_use', 100), ...turn('end_turn', 200)),
    })
    expect(read.request).toEqual({
      operation: 'invoke_agent',
      stream: true,
      model: 'm',
      ...(provider && { provider }),
      agentId: arn,
      conversationId: 's1',
      maxTokens: 9,
    })
    expect(read.response).toEqual({
      finishReasons: ['end_turn'],
      usage: { inputTokens: 310, cacheReadTokens: 10, outputTokens: 20 },
    })
  })

  test('guardrails, by body or by header', () => {
    const converse = readExchange({
      call: 'POST /model/m/converse',
      request: { messages: [], guardrailConfig: { guardrailIdentifier: 'g1', guardrailVersion: '1' } },
    })
    const invoke = readExchange({
      call: 'POST /model/m/invoke',
      requestHeaders: { 'x-amzn-bedrock-guardrailidentifier': 'g1' },
      request: { messages: [] },
    })
    expect([converse.request?.guardrailId, invoke.request?.guardrailId]).toEqual(['g1', 'g1'])
  })
})

describe('speech', () => {
  test('a dialogue has the characters of all of its voices', () => {
    const { request } = readExchange({
      call: 'POST https://api.elevenlabs.io/v1/text-to-dialogue',
      request: { model_id: 'eleven_v3', inputs: [{ text: 'Hello' }, { text: 'Bye' }] },
    })
    expect(request).toMatchObject({ model: 'eleven_v3', characters: 8 })
  })

  test.each<[string, Record<string, string>, object | string, number]>([
    ['/v1/text-to-speech/voice', { 'character-cost': '6', 'content-type': 'audio/mpeg' }, 'ID3', 6],
    ['https://api.x.ai/v1/tts', { 'content-type': 'audio/mpeg' }, 'ID3', 5],
    [
      '/v1/t2a_v2',
      { 'content-type': 'application/json' },
      { extra_info: { usage_characters: 7 }, base_resp: { status_code: 0 } },
      7,
    ],
  ])(
    '%s is billed by the characters that are counted, else by those sent',
    (path, headers, response, characters) => {
      const read = readExchange({
        call: `POST ${path}`,
        request: { text: 'Grüße', model_id: 'm' },
        responseHeaders: headers,
        response,
      })
      expect(read.request).toEqual({
        operation: 'generate_content',
        outputType: 'speech',
        model: 'm',
        characters: 5,
      })
      expect(read.response).toEqual({ usage: { characters } })
    },
  )

  test.each([
    [{ Text: 'Grüße', VoiceId: 'Joanna', Engine: 'generative' }, 'generative'],
    [{ Text: 'Grüße', VoiceId: 'Joanna' }, 'standard'],
  ])('Amazon Polly is billed by its engine, and without what is markup', (request, model) => {
    const read = readExchange({
      call: 'POST https://polly.eu-west-1.amazonaws.com/v1/speech',
      request,
      responseHeaders: { 'content-type': 'audio/mpeg', 'x-amzn-requestcharacters': '4' },
      response: 'ID3',
    })
    expect(read.request).toMatchObject({ outputType: 'speech', model, characters: 5 })
    expect(read.response).toEqual({ usage: { characters: 4 } })
  })

  test('what is transcribed is billed by the second', () => {
    const { request, response } = readExchange({
      call: 'POST https://api.deepgram.com/v1/listen?model=nova-3',
      request: 'RIFF',
      response: { metadata: { duration: 25.9 }, results: {} },
    })
    expect(request).toEqual({ operation: 'generate_content', outputType: 'text', model: 'nova-3' })
    expect(response).toEqual({ usage: { seconds: 25.9 } })
  })

  test('Azure has the model in a definition, and counts milliseconds', () => {
    const definition = { locales: ['en'], enhancedMode: { enabled: true, model: 'mai-transcribe-2' } }
    const { request, response } = readExchange({
      call: 'POST https://x.cognitiveservices.azure.com/speechtotext/transcriptions:transcribe?api-version=1',
      request: [
        '--b',
        'Content-Disposition: form-data; name="definition"',
        'Content-Type: application/json',
        '',
        JSON.stringify(definition),
        '--b--',
      ].join('\r\n'),
      response: { durationMilliseconds: 17579, combinedPhrases: [{ text: 'x' }], phrases: [] },
    })
    expect(request).toEqual({ operation: 'generate_content', outputType: 'text', model: 'mai-transcribe-2' })
    expect(response).toEqual({ usage: { seconds: 17.579 } })
  })
})

describe('other ways of the same', () => {
  test.each([
    ['NVIDIA', '/v1/retrieval/nvidia/reranking', { query: { text: 'q' }, passages: [{ text: 'p' }] }],
    ['Hugging Face', '/rerank', { query: 'q', texts: ['a'] }],
    ['DashScope', '/api/v1/services/rerank/text-rerank/text-rerank', { model: 'm', input: { query: 'q' } }],
    ['watsonx', '/ml/v1/text/rerank', { model_id: 'm', inputs: [{ text: 'a' }], query: 'q' }],
    ['Bedrock', '/rerank', { queries: [{ textQuery: { text: 'q' } }], sources: [] }],
  ])('%s reranks', (_, path, request) => {
    expect(readExchange({ call: `POST ${path}`, request }).request?.operation).toBe('rerank')
  })

  test.each([
    ['/api/v3/embeddings/multimodal', { model: 'm', input: [] }],
    ['/v1/embedding/text', { model: 'm', texts: ['a'] }],
    ['/api/v2/cortex/inference:embed', { model: 'm', text: ['a'] }],
  ])('%s embeds', (path, request) => {
    const read = readExchange({ call: `POST ${path}`, request, response: { usage: { total_tokens: 4 } } })
    expect(read.request).toEqual({ operation: 'embeddings', model: 'm' })
    expect(read.response).toEqual({ usage: { inputTokens: 4 } })
  })

  test('Llama’s own API has one message, and metrics for a usage', () => {
    const metrics = [
      { metric: 'num_prompt_tokens', value: 10, unit: 'tokens' },
      { metric: 'num_completion_tokens', value: 25, unit: 'tokens' },
    ]
    const completion_message = {
      role: 'assistant',
      content: { type: 'text', text: 'x' },
      stop_reason: 'stop',
    }
    const streamed = serverSentEvents(
      { id: 'chat_1', event: { event_type: 'start', delta: { type: 'text', text: '' } } },
      { id: 'chat_1', event: { event_type: 'progress', delta: { type: 'text', text: 'x' } } },
      {
        id: 'chat_1',
        event: { event_type: 'complete', delta: { type: 'text', text: '' }, stop_reason: 'stop' },
      },
      { id: 'chat_1', event: { event_type: 'metrics', delta: { type: 'text', text: '' }, metrics } },
    )
    for (const response of [{ id: 'chat_1', completion_message, metrics }, streamed]) {
      const call = 'POST https://api.llama.com/v1/chat/completions'
      const request = { model: 'Llama-4-Scout', messages: [], stream: response === streamed }
      expect(readExchange({ call, request, response }).response).toEqual({
        id: 'chat_1',
        finishReasons: ['stop'],
        usage: { inputTokens: 10, outputTokens: 25 },
      })
    }
  })

  test('what is answered later has no usage yet: Perplexity’s asynchronous calls, xAI’s deferred ones', () => {
    const asked = { model: 'sonar-deep-research', messages: [] }
    for (const call of ['POST /async/chat/completions', 'POST https://api.perplexity.ai/v1/async/sonar']) {
      const { request } = readExchange({ call, request: { request: asked } })
      expect(request).toEqual({ operation: 'chat', model: 'sonar-deep-research', background: true })
    }
    expect(
      readExchange({ call: 'POST /v1/chat/completions', request: { ...asked, deferred: true } }).request,
    ).toEqual({ operation: 'chat', model: 'sonar-deep-research', background: true })
  })

  test.each(['edit', 'apply'])("Inception's %s of code is asked for and answered as a chat is", (asked) => {
    const read = readExchange({
      call: `POST https://api.inceptionlabs.ai/v1/${asked}/completions`,
      request: { model: 'mercury-edit-2', messages: [{ role: 'user', content: '<|code_to_edit|>' }] },
      response: {
        id: 'cmpl-2',
        object: 'edit.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'return 1' } }],
        usage: { prompt_tokens: 156, completion_tokens: 18, total_tokens: 174 },
      },
    })
    expect(read.request).toEqual({ operation: 'chat', model: 'mercury-edit-2' })
    expect(read.response).toEqual({
      id: 'cmpl-2',
      finishReasons: ['stop'],
      usage: { inputTokens: 156, outputTokens: 18 },
    })
  })

  test("the path of NVIDIA's models that see says which", () => {
    const read = readExchange({
      call: 'POST https://ai.api.nvidia.com/v1/vlm/nvidia/neva-22b',
      request: { messages: [{ role: 'user', content: 'What is it? <img src="..." />' }], max_tokens: 64 },
      response: {
        id: 'c1',
        choices: [{ index: 0, message: { role: 'assistant', content: 'A cat' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 300, completion_tokens: 3, total_tokens: 303 },
      },
    })
    expect(read.request).toEqual({ operation: 'chat', model: 'nvidia/neva-22b', maxTokens: 64 })
    expect(read.response?.usage).toEqual({ inputTokens: 300, outputTokens: 3 })
  })

  test("Moonshot states a stream's usage in its last choice", () => {
    const { response } = readExchange({
      call: 'POST https://api.moonshot.ai/v1/chat/completions',
      request: { model: 'kimi', messages: [], stream: true },
      response: serverSentEvents(
        { id: '1', model: 'kimi', choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] },
        {
          id: '1',
          model: 'kimi',
          choices: [{ index: 0, finish_reason: 'stop', usage: { prompt_tokens: 8, completion_tokens: 2 } }],
        },
      ),
    })
    expect(response?.usage).toEqual({ inputTokens: 8, outputTokens: 2 })
  })

  test('Gemini by way of Code Assist is wrapped twice', () => {
    const { request, response } = readExchange({
      call: 'POST https://cloudcode-pa.googleapis.com/v1internal:streamGenerateContent',
      request: { model: 'gemini-2.5-pro', request: { contents: [], generationConfig: { temperature: 0 } } },
      response: serverSentEvents({
        response: {
          candidates: [{ finishReason: 'STOP' }],
          usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 4 },
          modelVersion: 'gemini-2.5-pro',
        },
      }).replace('data: [DONE]\n\n', ''),
    })
    expect(request).toMatchObject({ model: 'gemini-2.5-pro', stream: true, temperature: 0 })
    expect(response).toEqual({
      model: 'gemini-2.5-pro',
      finishReasons: ['STOP'],
      usage: { inputTokens: 3, outputTokens: 4 },
    })
  })

  test.each(['ChatCompletions', 'ChatTranslations', 'GroupChatCompletions', 'ImageQuestion'])(
    'Hunyuan names the operation in a header: %s',
    (action) => {
      const { request, response } = readExchange({
        call: 'POST https://hunyuan.tencentcloudapi.com/',
        requestHeaders: { 'x-tc-action': action },
        request: { Model: 'hunyuan-turbo', Messages: [] },
        response: {
          Response: {
            Id: 'r1',
            Choices: [{ FinishReason: 'stop' }],
            Usage: { PromptTokens: 5, CompletionTokens: 6, PromptTokensDetails: { CachedTokens: 2 } },
          },
        },
      })
      expect(request).toEqual({ operation: 'chat', model: 'hunyuan-turbo' })
      expect(response).toEqual({
        id: 'r1',
        finishReasons: ['stop'],
        usage: { inputTokens: 5, cacheReadTokens: 2, outputTokens: 6 },
      })
    },
  )

  test("Microsoft's own models on Azure count tokens by names of their own", () => {
    const { response } = readExchange({
      call: 'POST https://r.services.ai.azure.com/mai/v1/images/generations?api-version=preview',
      request: { model: 'MAI-Image-2.5', prompt: 'x', width: 1024, height: 1024 },
      response: {
        data: [{ b64_json: 'x' }],
        usage: { num_output_tokens: 1024, num_input_text_tokens: 22, output_image_tokens: 1024 },
      },
    })
    expect(response).toEqual({
      usage: {
        inputTokens: 22,
        textInputTokens: 22,
        outputTokens: 1024,
        imageOutputTokens: 1024,
        images: 1,
      },
    })
  })

  test('partial images of a stream end in one event with the usage', () => {
    const { response } = readExchange({
      call: 'POST /v1/images/generations',
      request: { model: 'gpt-image-1', prompt: 'x', stream: true, partial_images: 1 },
      response: serverSentEvents(
        { type: 'image_generation.partial_image', b64_json: 'AAAA' },
        {
          type: 'image_generation.completed',
          b64_json: 'AAAA',
          usage: { input_tokens: 9, output_tokens: 99 },
        },
      ).replace('data: [DONE]\n\n', ''),
    })
    expect(response?.usage).toEqual({ inputTokens: 9, outputTokens: 99, images: 1 })
  })
})

describe('errors inside of a 200', () => {
  test.each([
    ['Baidu', '/wenxinworkshop/chat/ernie', { error_code: 18, error_msg: 'Open api qps limit' }, '18'],
    ['MiniMax', '/v1/text/chatcompletion_v2', { base_resp: { status_code: 1004, status_msg: 'x' } }, '1004'],
    ['iFlytek', '/v1/chat/completions', { code: 11202, message: 'AppIdQpsOverFlow', sid: 'cha1' }, '11202'],
    [
      'iFlytek, streaming',
      '/v1/chat/completions',
      serverSentEvents({ code: 10907, message: 'x', sid: 'cha1' }),
      '10907',
    ],
    [
      "OpenRouter's provider that broke off",
      '/v1/chat/completions',
      { choices: [{ finish_reason: 'error', error: { code: 502, message: 'Upstream' } }] },
      '502',
    ],
    [
      "Hugging Face's stream, under its own name for the status",
      '/v1/chat/completions',
      serverSentEvents({ error: { message: 'Input validation error', http_status_code: 422 } }),
      '422',
    ],
    [
      'DashScope',
      '/api/v1/services/aigc/text-generation/generation',
      { code: 'Throttling', message: 'x' },
      'Throttling',
    ],
  ])('%s', (_, path, response, type) => {
    const read = readExchange({ call: `POST ${path}`, request: { model: 'm', messages: [] }, response })
    expect(read.response?.error?.type).toBe(type)
  })

  test('Groq says beside the answer why it stopped a stream', () => {
    const choice = { index: 0, delta: {}, finish_reason: null }
    const { response } = readExchange({
      call: 'POST https://api.groq.com/openai/v1/chat/completions',
      request: { model: 'm', messages: [], stream: true },
      response: serverSentEvents(
        { id: 'c1', model: 'm', choices: [choice], x_groq: { id: 'req_1' } },
        { id: 'c1', model: 'm', choices: [], x_groq: { id: 'req_1', error: 'Over capacity' } },
      ),
    })
    expect(response).toEqual({ id: 'c1', model: 'm', error: { message: 'Over capacity' } })
  })

  test("MiniMax's zero is no error", () => {
    const { response } = readExchange({
      call: 'POST /v1/text/chatcompletion_v2',
      request: { model: 'm', messages: [] },
      response: { id: '1', choices: [{ finish_reason: 'stop' }], base_resp: { status_code: 0 } },
    })
    expect(response).toEqual({ id: '1', finishReasons: ['stop'] })
  })

  test("iFlytek's zero is none, and its session the id", () => {
    const { response } = readExchange({
      call: 'POST https://spark-api-open.xf-yun.com/v1/chat/completions',
      request: { model: '4.0Ultra', messages: [] },
      response: {
        code: 0,
        message: 'Success',
        sid: 'cha1',
        choices: [{ message: { content: 'x' } }],
        usage: { prompt_tokens: 6, completion_tokens: 7 },
      },
    })
    expect(response).toEqual({ id: 'cha1', usage: { inputTokens: 6, outputTokens: 7 } })
  })
})

describe('error codes', () => {
  test.each([
    ['Databricks', { error_code: 'REQUEST_LIMIT_EXCEEDED', message: 'x' }, 'REQUEST_LIMIT_EXCEEDED'],
    ['Deepgram', { err_code: 'INVALID_AUTH', err_msg: 'x' }, 'INVALID_AUTH'],
    ['ElevenLabs', { detail: { status: 'quota_exceeded', message: 'x' } }, 'quota_exceeded'],
    ["LiteLLM's proxy, Python's for none", { error: { message: 'x', type: 'None', code: '429' } }, undefined],
  ])('%s', (_, response, type) => {
    const read = readExchange({ call: 'POST /v1/chat/completions', request: {}, status: 429, response })
    expect(read.response?.error?.type).toBe(type)
  })
})

test('MiniMax counts embeddings beside the vectors', () => {
  const { response } = readExchange({
    call: 'POST /v1/embeddings',
    request: { model: 'embo-01', texts: ['x'], type: 'db' },
    response: { vectors: [[0.1]], total_tokens: 5, base_resp: { status_code: 0 } },
  })
  expect(response).toEqual({ usage: { inputTokens: 5 } })
})

test('counts written as text are counts', () => {
  const { response } = readExchange({
    call: 'POST /v1/chat/completions',
    request: { model: 'm', messages: [] },
    response: { choices: [], usage: { prompt_tokens: '12', completion_tokens: '3' } },
  })
  expect(response?.usage).toEqual({ inputTokens: 12, outputTokens: 3 })
})

/** The chunks of a model's own stream, as InvokeModelWithResponseStream wraps them. */
function invocationFrames(...chunks: readonly object[]): Buffer {
  return awsFrames(
    ...chunks.map((chunk) =>
      JSON.stringify({ bytes: Buffer.from(JSON.stringify(chunk)).toString('base64') }),
    ),
  )
}

describe('frames of AWS', () => {
  const usage = { prompt_tokens: 12, completion_tokens: 17 }
  const responseHeaders = { 'content-type': 'application/vnd.amazon.eventstream' }

  test('a spoken conversation is one call, and its last count counts all of it', () => {
    const counted = (input: number, output: number): object => ({
      event: {
        usageEvent: {
          sessionId: 's1',
          completionId: 'c1',
          details: {
            delta: {
              input: { speechTokens: 1, textTokens: 1 },
              output: { speechTokens: 1, textTokens: 1 },
            },
            total: {
              input: { speechTokens: input - 5, textTokens: 5 },
              output: { speechTokens: output - 2, textTokens: 2 },
            },
          },
          totalInputTokens: input,
          totalOutputTokens: output,
          totalTokens: input + output,
        },
      },
    })
    const { flavor, request, response } = readExchange({
      call: 'POST /model/amazon.nova-2-sonic-v1%3A0/invoke-with-bidirectional-stream',
      responseHeaders,
      response: invocationFrames(
        { event: { completionStart: { sessionId: 's1' } } },
        counted(100, 20),
        counted(180, 60),
        { event: { audioOutput: { content: 'AAAA' } } },
        { event: { completionEnd: { completionId: 'c1', stopReason: 'END_TURN' } } },
      ),
    })
    expect(flavor).toBe('bedrock-bidirectional-stream')
    expect(request).toEqual({
      operation: 'chat',
      model: 'amazon.nova-2-sonic-v1:0',
      stream: true,
      outputType: 'speech',
    })
    expect(response).toEqual({
      conversationId: 's1',
      finishReasons: ['END_TURN'],
      usage: {
        inputTokens: 180,
        textInputTokens: 5,
        audioInputTokens: 175,
        outputTokens: 60,
        textOutputTokens: 2,
        audioOutputTokens: 58,
      },
    })
  })

  test("OpenAI's chunks on Bedrock: the reason stands before the usage, and metrics behind it", () => {
    const chunks = [
      { id: 'c1', model: 'gpt', choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] },
      { id: 'c1', model: 'gpt', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage },
      {
        id: 'c1',
        model: 'gpt',
        choices: [],
        usage,
        'amazon-bedrock-invocationMetrics': { inputTokenCount: 12 },
      },
    ]
    const { response } = readExchange({
      call: 'POST /model/us.openai.gpt-6-sol/invoke-with-response-stream',
      request: { messages: [] },
      responseHeaders,
      response: invocationFrames(...chunks),
    })
    expect(response).toEqual({
      id: 'c1',
      model: 'gpt',
      finishReasons: ['stop'],
      usage: { inputTokens: 12, outputTokens: 17 },
    })
  })

  test('the last chunk of Command R on Bedrock holds the whole response, and its id', () => {
    const { response } = readExchange({
      call: 'POST /model/cohere.command-r-v1%3A0/invoke-with-response-stream',
      request: { message: 'x' },
      responseHeaders,
      response: invocationFrames(
        { event_type: 'text-generation', text: 'a' },
        {
          event_type: 'stream-end',
          finish_reason: 'COMPLETE',
          response: { response_id: 'r', generation_id: 'g', finish_reason: 'COMPLETE' },
          'amazon-bedrock-invocationMetrics': { inputTokenCount: 3, outputTokenCount: 4 },
        },
      ),
    })
    expect(response).toEqual({
      id: 'g',
      finishReasons: ['COMPLETE'],
      usage: { inputTokens: 3, outputTokens: 4 },
    })
  })

  test('headers say how a stream of Claude on Bedrock was served', () => {
    const { response } = readExchange({
      call: 'POST /model/anthropic.claude-v9/invoke-with-response-stream',
      request: { anthropic_version: 'bedrock-2023-05-31', messages: [] },
      responseHeaders: {
        ...responseHeaders,
        'x-amzn-bedrock-service-tier': 'priority',
        'x-amzn-bedrock-performanceconfig-latency': 'optimized',
      },
      response: invocationFrames(
        { type: 'message_start', message: { id: 'm', usage: { input_tokens: 3, output_tokens: 1 } } },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 4 } },
        { type: 'message_stop' },
      ),
    })
    expect(response).toEqual({
      id: 'm',
      finishReasons: ['end_turn'],
      serviceTier: 'priority',
      speed: 'optimized',
      usage: { inputTokens: 3, outputTokens: 4 },
    })
  })

  test("SageMaker's cut a stream anywhere", () => {
    const stream = serverSentEvents(
      { id: 'c1', model: 'm', choices: [{ index: 0, finish_reason: 'stop' }] },
      { id: 'c1', model: 'm', choices: [], usage },
    )
    const { request, response } = readExchange({
      call: 'POST https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/llama/invocations-response-stream',
      request: { messages: [], stream: true },
      responseHeaders,
      response: awsFrames(stream.slice(0, 40), stream.slice(40, 95), stream.slice(95)),
    })
    expect(request).toMatchObject({ operation: 'chat', model: 'llama', stream: true })
    expect(response).toEqual({
      id: 'c1',
      model: 'm',
      finishReasons: ['stop'],
      usage: { inputTokens: 12, outputTokens: 17 },
    })
  })

  test("SageMaker's of the text generation server states its tokens in details", () => {
    const details = { finish_reason: 'length', generated_tokens: 17, input_length: 12 }
    const { request, response } = readExchange({
      call: 'POST https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/llama/invocations-response-stream',
      request: { inputs: 'Hi', parameters: { max_new_tokens: 17 }, stream: true },
      responseHeaders,
      response: awsFrames(
        serverSentEvents(
          { token: { text: 'S' }, generated_text: null, details: null },
          { token: { text: 'o' }, generated_text: 'So', details },
        ),
      ),
    })
    expect(request).toMatchObject({ operation: 'text_completion', model: 'llama', stream: true })
    expect(response).toEqual({ finishReasons: ['length'], usage: { inputTokens: 12, outputTokens: 17 } })
  })
})

test("MLflow's gateway names the model in the path", () => {
  const { request, response } = readExchange({
    call: 'POST http://mlflow:5000/gateway/my-chat/mlflow/invocations',
    request: { messages: [] },
    response: {
      id: 'c1',
      model: 'gpt-5',
      choices: [{ finish_reason: 'stop' }],
      usage: { prompt_tokens: 12, completion_tokens: 17 },
    },
  })
  expect(request).toEqual({ operation: 'chat', model: 'my-chat' })
  expect(response).toMatchObject({ model: 'gpt-5', usage: { inputTokens: 12, outputTokens: 17 } })
})

describe('a conversation that the provider has compacted', () => {
  test.each([
    [
      'OpenAI',
      '/v1/responses/compact',
      {
        id: 'resp_1',
        output: [{ type: 'compaction', id: 'cmp_1' }],
        usage: { input_tokens: 9, output_tokens: 1 },
      },
    ],
    [
      'Anthropic',
      '/v1/messages',
      {
        usage: {
          input_tokens: 9,
          output_tokens: 1,
          iterations: [{ type: 'compaction' }, { type: 'message' }],
        },
      },
    ],
  ])('%s says so', (_, path, response) => {
    const read = readExchange({
      call: `POST ${path}`,
      request: { model: 'm', input: [], messages: [] },
      response,
    })
    expect(read.response?.compacted).toBe(true)
  })
})
