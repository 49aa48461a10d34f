import { describe, expect, test } from 'vitest'
import { googleGenerateContent } from '../src/flavors/google-generate-content.ts'
import { edgesOf, readExchange, serverSentEvents } from './support/exchange.ts'

const ANSWER = {
  responseId: 'r1',
  modelVersion: 'gemini-2.5-flash',
  candidates: [{ finishReason: 'STOP', groundingMetadata: { webSearchQueries: ['a', 'b'] } }],
  usageMetadata: {
    promptTokenCount: 100,
    toolUsePromptTokenCount: 20,
    cachedContentTokenCount: 40,
    candidatesTokenCount: 30,
    thoughtsTokenCount: 50,
    totalTokenCount: 200,
    promptTokensDetails: [
      { modality: 'TEXT', tokenCount: 60 },
      { modality: 'AUDIO', tokenCount: 25 },
      { modality: 'IMAGE', tokenCount: 15 },
    ],
    cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 10 }],
    candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 30 }],
    trafficType: 'ON_DEMAND',
  },
}

const READ = {
  id: 'r1',
  model: 'gemini-2.5-flash',
  finishReasons: ['STOP'],
  serviceTier: 'ON_DEMAND',
  toolRequests: { web_search: 2 },
  usage: {
    inputTokens: 120,
    cacheReadTokens: 40,
    outputTokens: 80,
    reasoningTokens: 50,
    textInputTokens: 60,
    audioInputTokens: 25,
    audioCacheReadTokens: 10,
    imageInputTokens: 15,
    imageOutputTokens: 30,
  },
}

const ASKED = {
  call: 'POST /v1beta/models/gemini-2.5-flash:streamGenerateContent',
  request: { contents: [] },
}

describe('google-generate-content', () => {
  test('the model is named in a segment of its own, or with its folder', () => {
    const call =
      'POST https://generativelanguage.googleapis.com/v1beta/models%2Fgemini-2.5-flash:generateContent'
    expect(readExchange({ ...ASKED, call }).request?.model).toBe('gemini-2.5-flash')
  })

  test('the colon before the method may be encoded', () => {
    const call =
      'POST https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash%3AstreamGenerateContent'
    expect(readExchange({ ...ASKED, call }).request).toMatchObject({
      model: 'gemini-2.5-flash',
      stream: true,
    })
  })

  test('thoughts that the total has no room for are among the candidates', () => {
    const { response } = readExchange({
      ...ASKED,
      response: {
        usageMetadata: {
          promptTokenCount: 10,
          candidatesTokenCount: 50,
          thoughtsTokenCount: 30,
          totalTokenCount: 60,
        },
      },
    })
    expect(response?.usage).toEqual({ inputTokens: 10, outputTokens: 50, reasoningTokens: 30 })
  })

  test.each([
    ['before', { finishReason: 'STOP', content: { parts: [{ text: 'x'.repeat(300) }] } }],
    ['behind', { content: { parts: [{ text: 'x'.repeat(300) }] }, finishReason: 'STOP' }],
  ])('finds the reason %s content too large to be held whole', (_, candidate) => {
    const document = { candidates: [candidate], usageMetadata: { promptTokenCount: 1 }, modelVersion: 'm' }
    const response = googleGenerateContent.readResponse(edgesOf(document, 120), {
      operation: 'generate_content',
    })
    expect(response).toEqual({ model: 'm', finishReasons: ['STOP'], usage: { inputTokens: 1 } })
  })

  test('keeps the reasons of all candidates of a stream, which end one by one', () => {
    const { response } = readExchange({
      call: 'POST /v1beta/models/gemini-3-pro:streamGenerateContent',
      request: { contents: [], generationConfig: { candidateCount: 2 } },
      response: serverSentEvents(
        { candidates: [{ index: 1, finishReason: 'MAX_TOKENS' }] },
        { candidates: [{ finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 1 } },
      ),
    })
    expect(response?.finishReasons).toEqual(['STOP', 'MAX_TOKENS'])
  })

  test('takes the searches of a stream from whichever chunk lists them, each once, and none that is empty', () => {
    const searched = { groundingMetadata: { webSearchQueries: ['a', '', 'b', 'a'] } }
    const usageMetadata = { promptTokenCount: 1 }
    const { response } = readExchange({
      call: 'POST /v1beta/models/gemini-3-pro:streamGenerateContent',
      request: { contents: [] },
      response: serverSentEvents(
        { candidates: [searched], usageMetadata, modelVersion: 'm' },
        { candidates: [{ finishReason: 'STOP' }], usageMetadata, modelVersion: 'm' },
      ),
    })
    expect(response?.toolRequests).toEqual({ web_search: 2 })
  })

  test.each([
    ['a body', (document: object) => document],
    ['a stream', (document: object) => serverSentEvents(document)],
  ])('takes the searches from behind the content of %s too large to be held whole', (_, written) => {
    const content = { parts: [{ inlineData: { data: 'x'.repeat(300) } }] }
    const document = {
      candidates: [{ content, finishReason: 'STOP', groundingMetadata: { webSearchQueries: ['a', 'b'] } }],
      usageMetadata: { promptTokenCount: 1 },
      modelVersion: 'm',
    }
    const response = googleGenerateContent.readResponse(edgesOf(written(document), 200), {
      operation: 'generate_content',
    })
    expect(response.toolRequests).toEqual({ web_search: 2 })
  })

  test('pages of documents are images, as they are where they were cached', () => {
    const { response } = readExchange({
      ...ASKED,
      response: {
        usageMetadata: {
          promptTokenCount: 1344,
          cachedContentTokenCount: 1274,
          promptTokensDetails: [
            { modality: 'TEXT', tokenCount: 54 },
            { modality: 'DOCUMENT', tokenCount: 1290 },
          ],
          cacheTokensDetails: [
            { modality: 'TEXT', tokenCount: 51 },
            { modality: 'IMAGE', tokenCount: 1223 },
          ],
        },
      },
    })
    expect(response?.usage).toEqual({
      inputTokens: 1344,
      cacheReadTokens: 1274,
      textInputTokens: 54,
      textCacheReadTokens: 51,
      imageInputTokens: 1290,
      imageCacheReadTokens: 1223,
    })
  })

  test('reads the configuration and the model in the path', () => {
    const { request } = readExchange({
      call: 'POST /v1beta/models/gemini-2.5-flash:generateContent',
      request: {
        contents: [],
        generationConfig: {
          candidateCount: 2,
          maxOutputTokens: 10,
          temperature: 0.1,
          topP: 0.2,
          topK: 3,
          seed: 4,
          stopSequences: ['x'],
          responseMimeType: 'application/json',
          thinkingConfig: { thinkingLevel: 'low' },
        },
      },
    })
    expect(request).toEqual({
      operation: 'generate_content',
      model: 'gemini-2.5-flash',
      choiceCount: 2,
      maxTokens: 10,
      temperature: 0.1,
      topP: 0.2,
      topK: 3,
      seed: 4,
      stopSequences: ['x'],
      outputType: 'json',
      reasoningEffort: 'low',
    })
  })

  const chunks = [
    {
      candidates: [{ content: {} }],
      usageMetadata: { promptTokenCount: 100 },
      modelVersion: 'gemini-2.5-flash',
    },
    ANSWER,
  ]

  test.each([
    ['whole', ANSWER],
    ['as server-sent events', serverSentEvents(...chunks)],
    ['as a JSON array', JSON.stringify(chunks, undefined, 1)],
  ])('counts thoughts as output and what tools read as input, %s', (_, response) => {
    expect(readExchange({ ...ASKED, response }).response).toEqual(READ)
  })

  test('names finish reasons that come as numbers', () => {
    const response = [{ candidates: [{ finishReason: 1 }, { finishReason: 2 }] }]
    expect(readExchange({ ...ASKED, response }).response).toEqual({ finishReasons: ['STOP', 'MAX_TOKENS'] })
  })

  test('reads the status of an error, in an array too', () => {
    const response = [{ error: { code: 429, message: 'Too many', status: 'RESOURCE_EXHAUSTED' } }]
    expect(readExchange({ ...ASKED, status: 429, response }).response).toEqual({
      error: { type: 'RESOURCE_EXHAUSTED', message: 'Too many' },
    })
  })
})

describe("Google's other APIs", () => {
  test('an interaction counts thoughts and tools as generate_content does', () => {
    const { request, response } = readExchange({
      call: 'POST /v1beta/interactions',
      request: {
        model: 'gemini-3-pro',
        input: 'Hi',
        previous_interaction_id: 'i0',
        generation_config: { thinking_level: 'high' },
      },
      response: {
        id: 'i1',
        model: 'gemini-3-pro',
        status: 'completed',
        service_tier: 'flex',
        usage: {
          total_input_tokens: 10,
          total_tool_use_tokens: 5,
          total_cached_tokens: 2,
          total_output_tokens: 7,
          output_tokens_by_modality: [{ modality: 'video', tokens: 6 }],
          total_thought_tokens: 3,
        },
      },
    })
    expect(request).toEqual({
      operation: 'generate_content',
      model: 'gemini-3-pro',
      previousResponseId: 'i0',
      reasoningEffort: 'high',
    })
    expect(response).toEqual({
      id: 'i1',
      model: 'gemini-3-pro',
      status: 'completed',
      serviceTier: 'flex',
      usage: {
        inputTokens: 15,
        cacheReadTokens: 2,
        outputTokens: 10,
        reasoningTokens: 3,
        videoOutputTokens: 6,
      },
    })
  })

  test.each([
    [{ response_format: { type: 'object', properties: {} } }, 'json'],
    [{ response_format: [{ type: 'text', mime_type: 'text/plain' }] }, 'text'],
    [{ response_format: { type: 'image', mime_type: 'image/png' } }, 'image'],
    [{ response_modalities: ['text', 'audio'] }, 'speech'],
    [{ response_format: { type: 'video' } }, undefined],
    [{}, undefined],
  ])('an interaction asked for with %j puts out %s', (body, outputType) => {
    const asked = { model: 'm', input: 'Hi', generation_config: { stop_sequences: ['end'] }, ...body }
    const { request } = readExchange({ call: 'POST /v1beta/interactions', request: asked })
    expect(request).toMatchObject({ stopSequences: ['end'], ...(outputType && { outputType }) })
    expect(request?.outputType).toBe(outputType)
  })

  test('an interaction is gone on with by its token alone', () => {
    const { request } = readExchange({
      call: 'POST /v1beta/interactions',
      request: { model: 'gemini-4-argon', continuation_token: 't', previous_interaction_id: 'i0' },
    })
    expect(request).toEqual({
      operation: 'generate_content',
      model: 'gemini-4-argon',
      previousResponseId: 'i0',
    })
  })

  test.each([
    ['completed', undefined],
    ['failed', { type: 'internal', message: 'No sandbox' }],
  ])('what went wrong on the way of an interaction that %s is its error or not', (status, error) => {
    const { response } = readExchange({
      call: 'POST /v1beta/interactions',
      request: { model: 'gemini-3-pro', input: 'Hi' },
      response: { status, errors: [{ code: 'internal', message: 'No sandbox' }] },
    })
    expect(response?.error).toEqual(error)
  })

  test.each([
    ['a delta', { event_type: 'step.delta', metadata: { total_usage: { total_input_tokens: 10 } } }],
    ['a step that ended', { event_type: 'step.stop', usage: { total_input_tokens: 10 }, step_usage: {} }],
  ])('an interaction that breaks off has used what it had by then: %s', (_, last) => {
    const { response } = readExchange({
      call: 'POST /v1beta/interactions',
      request: { model: 'gemini-3-pro', input: 'Hi', stream: true },
      response: serverSentEvents({ event_type: 'interaction.created', interaction: { id: 'i1' } }, last),
    })
    expect(response).toEqual({ id: 'i1', usage: { inputTokens: 10 } })
  })

  test.each([
    ['a body', { steps: [{ type: 'google_search_call', arguments: { queries: ['a', 'b'] } }] }],
    [
      'the usage of newer versions',
      {
        steps: [{ type: 'google_search_call', arguments: { queries: ['a', 'b', 'c'] } }],
        usage: {
          total_input_tokens: 1,
          grounding_tool_count: [
            { type: 'retrieval', count: 1 },
            { type: 'google_search', count: 2 },
          ],
        },
      },
    ],
    [
      'a stream',
      serverSentEvents(
        { event_type: 'interaction.created', interaction: {} },
        { event_type: 'step.start', index: 1, step: { type: 'google_search_call' } },
        {
          event_type: 'step.delta',
          index: 1,
          delta: { type: 'google_search_call', arguments: { queries: ['a', 'b'] } },
        },
        { event_type: 'step.start', index: 2, step: { type: 'google_search_result' } },
        { event_type: 'interaction.completed', interaction: {} },
      ),
    ],
  ])('of an interaction, counts the queries of a search: %s', (_, response) => {
    const request = { model: 'gemini-3-pro', input: 'Hi' }
    const read = readExchange({ call: 'POST /v1beta/interactions', request, response })
    expect(read.response?.toolRequests).toEqual({ web_search: 2 })
  })

  test.each([
    [
      'text-embedding-005',
      {
        predictions: [
          { embeddings: { statistics: { token_count: 4 } } },
          { embeddings: { statistics: { token_count: 5 } } },
        ],
        metadata: { billableCharacterCount: 20 },
      },
      { operation: 'embeddings' },
      { inputTokens: 9, characters: 20 },
    ],
    [
      'imagen-4.0-generate-001',
      {
        predictions: [
          { mimeType: 'image/png', bytesBase64Encoded: 'AA' },
          { mimeType: 'image/png', gcsUri: 'gs://bucket/image.png' },
          { contentType: 'Positive Prompt', safetyAttributes: { categories: [], scores: [] } },
        ],
      },
      { operation: 'generate_content', outputType: 'image' },
      { images: 2 },
    ],
    [
      'text-bison',
      {
        metadata: {
          tokenMetadata: { inputTokenCount: { totalTokens: 6 }, outputTokenCount: { totalTokens: 7 } },
        },
      },
      { operation: 'text_completion' },
      { inputTokens: 6, outputTokens: 7 },
    ],
  ])('predict is what the model makes it: %s', (model, response, operation, usage) => {
    const read = readExchange({
      call: `POST /v1/publishers/google/models/${model}:predict`,
      request: { instances: [] },
      response,
    })
    expect(read.request).toEqual({ ...operation, model })
    expect(read.response).toEqual({ usage })
  })

  test('embeddings are counted where the API says so', () => {
    const read = readExchange({
      call: 'POST /v1beta/models/gemini-embedding-2:embedContent',
      request: { content: {}, outputDimensionality: 768 },
      response: { embedding: { values: [1] }, usageMetadata: { promptTokenCount: 11 } },
    })
    expect(read.request).toEqual({
      operation: 'embeddings',
      model: 'gemini-embedding-2',
      embeddingDimensions: 768,
    })
    expect(read.response).toEqual({ usage: { inputTokens: 11 } })
  })
})

test('an interaction that is fetched sets apart what it took to make it', () => {
  const { flavor, request, response } = readExchange({
    call: 'GET /v1beta/interactions/i1?stream=true&last_event_id=e7',
    response: {
      id: 'i1',
      model: 'gemini-3-pro',
      status: 'completed',
      usage: { total_input_tokens: 10, total_output_tokens: 7 },
    },
  })
  expect(flavor).toBe('google-interactions-retrieve')
  expect(request).toEqual({
    operation: 'fetch_response',
    responseId: 'i1',
    stream: true,
    streamCursor: 'e7',
  })
  expect(response).toEqual({
    id: 'i1',
    model: 'gemini-3-pro',
    status: 'completed',
    fetched: { usage: { inputTokens: 10, outputTokens: 7 } },
  })
})
