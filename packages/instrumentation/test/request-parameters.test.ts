import { describe, expect, test } from 'vitest'
import { readExchange } from './support/exchange.ts'

/** The same parameters under the names that each API has for them. */
describe('parameters of a request', () => {
  const INVOKE = 'POST https://bedrock-runtime.eu-west-1.amazonaws.com/model'
  const sampling = { temperature: 0.5, topP: 0.9, maxTokens: 64, stopSequences: ['END'] }

  test.each([
    [
      "Google's, with underscores",
      'POST https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent',
      {
        contents: [],
        generation_config: {
          ...{ temperature: 0.5, top_p: 0.9, top_k: 40, max_output_tokens: 64, stop_sequences: ['END'] },
          ...{ candidate_count: 2, response_mime_type: 'application/json', seed: 7 },
        },
        service_tier: 'flex',
      },
      {
        ...{ operation: 'generate_content', model: 'gemini-2.5-flash', ...sampling },
        ...{ topK: 40, choiceCount: 2, outputType: 'json', seed: 7, serviceTier: 'flex' },
      },
    ],
    [
      "Vertex AI's older verb",
      'POST https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/text-bison:predict',
      {
        instances: [{ prompt: 'Hello' }],
        parameters: {
          ...{ temperature: 0.5, topP: 0.9, topK: 40, maxOutputTokens: 64, stopSequences: ['END'] },
          candidateCount: 2,
        },
      },
      { operation: 'text_completion', model: 'text-bison', ...sampling, topK: 40, choiceCount: 2 },
    ],
    [
      'Titan',
      `${INVOKE}/amazon.titan-text-express-v1/invoke`,
      {
        inputText: 'Hello',
        textGenerationConfig: { temperature: 0.5, topP: 0.9, maxTokenCount: 64, stopSequences: ['END'] },
      },
      { operation: 'chat', model: 'amazon.titan-text-express-v1', ...sampling },
    ],
    [
      'Nova',
      `${INVOKE}/amazon.nova-lite-v1:0/invoke`,
      {
        messages: [],
        inferenceConfig: { temperature: 0.5, topP: 0.9, topK: 40, maxTokens: 64, stopSequences: ['END'] },
      },
      { operation: 'chat', model: 'amazon.nova-lite-v1:0', ...sampling, topK: 40 },
    ],
    [
      'Nova, with underscores',
      `${INVOKE}/amazon.nova-lite-v1:0/invoke`,
      { messages: [], inferenceConfig: { temperature: 0.5, top_p: 0.9, top_k: 40, max_new_tokens: 64 } },
      {
        ...{ operation: 'chat', model: 'amazon.nova-lite-v1:0' },
        ...{ temperature: 0.5, topP: 0.9, topK: 40, maxTokens: 64 },
      },
    ],
    [
      'Jurassic',
      `${INVOKE}/ai21.j2-ultra-v1/invoke`,
      {
        prompt: 'Hello',
        ...{ temperature: 0.5, topP: 0.9, maxTokens: 64, stopSequences: ['END'], numResults: 2 },
      },
      { operation: 'text_completion', model: 'ai21.j2-ultra-v1', ...sampling, choiceCount: 2 },
    ],
    [
      'Command on Bedrock',
      `${INVOKE}/cohere.command-text-v14/invoke`,
      {
        prompt: 'Hello',
        ...{ temperature: 0.5, p: 0.9, k: 40, max_tokens: 64, stop_sequences: ['END'], num_generations: 2 },
      },
      {
        ...{ operation: 'text_completion', model: 'cohere.command-text-v14', ...sampling },
        ...{ topK: 40, choiceCount: 2 },
      },
    ],
    [
      "Cohere's generate",
      'POST https://api.cohere.com/v1/generate',
      {
        prompt: 'Hello',
        ...{ temperature: 0.5, p: 0.9, k: 40, max_tokens: 64, end_sequences: ['END'], num_generations: 2 },
      },
      { operation: 'text_completion', ...sampling, topK: 40, choiceCount: 2 },
    ],
    [
      "watsonx'",
      'POST https://us-south.ml.cloud.ibm.com/ml/v1/text/generation?version=2024-05-31',
      {
        ...{ model_id: 'ibm/granite', input: 'Hello' },
        parameters: {
          ...{ temperature: 0.5, top_p: 0.9, top_k: 40, max_new_tokens: 64, stop_sequences: ['END'] },
          random_seed: 7,
        },
      },
      { operation: 'text_completion', model: 'ibm/granite', ...sampling, topK: 40, seed: 7 },
    ],
    [
      "DashScope's",
      'POST https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation',
      {
        ...{ model: 'qwen-plus', input: { messages: [] } },
        parameters: {
          ...{ temperature: 0.5, top_p: 0.9, top_k: 40, max_tokens: 64, stop: 'END', seed: 7, n: 2 },
          ...{ presence_penalty: 0.1, response_format: { type: 'json_object' } },
        },
      },
      {
        ...{ operation: 'chat', model: 'qwen-plus', ...sampling, topK: 40, seed: 7, choiceCount: 2 },
        ...{ presencePenalty: 0.1, outputType: 'json' },
      },
    ],
    [
      "DeepInfra's",
      'POST https://api.deepinfra.com/v1/inference/meta-llama/Llama-2-70b-chat-hf',
      {
        ...{ input: 'Hello', temperature: 0.5, top_p: 0.9, top_k: 40, max_new_tokens: 64, stop: ['END'] },
        ...{ num_responses: 2, presence_penalty: 0.1, frequency_penalty: 0.2 },
      },
      {
        ...{ operation: 'text_completion', model: 'meta-llama/Llama-2-70b-chat-hf', ...sampling, topK: 40 },
        ...{ choiceCount: 2, presencePenalty: 0.1, frequencyPenalty: 0.2 },
      },
    ],
    [
      "Bytez'",
      'POST https://api.bytez.com/models/v2/org/model',
      {
        messages: [],
        params: { temperature: 0.5, top_p: 0.9, top_k: 40, max_new_tokens: 64 },
      },
      { operation: 'chat', model: 'org/model', temperature: 0.5, topP: 0.9, topK: 40, maxTokens: 64 },
    ],
    [
      "Elasticsearch's",
      'POST https://es.example.com/_inference/chat_completion/mine/_stream',
      { messages: [], temperature: 0.5, top_p: 0.9, max_completion_tokens: 64, stop: ['END'] },
      { operation: 'chat', model: 'mine', stream: true, ...sampling },
    ],
    [
      "Hugging Face's text generation server",
      'POST http://127.0.0.1:8080/generate',
      {
        inputs: 'Hello',
        parameters: {
          ...{ temperature: 0.5, top_p: 0.9, top_k: 40, max_new_tokens: 64, stop: ['END'], seed: 7 },
          frequency_penalty: 0.2,
        },
      },
      { operation: 'text_completion', ...sampling, topK: 40, seed: 7, frequencyPenalty: 0.2 },
    ],
    [
      "Aleph Alpha's",
      'POST https://api.aleph-alpha.com/complete',
      {
        ...{ model: 'luminous-base', prompt: 'Hello', maximum_tokens: 64, stop_sequences: ['END'], n: 2 },
        ...{ temperature: 0.5, top_p: 0.9, top_k: 40, presence_penalty: 0.1, frequency_penalty: 0.2 },
      },
      {
        ...{ operation: 'text_completion', model: 'luminous-base', ...sampling, topK: 40, choiceCount: 2 },
        ...{ presencePenalty: 0.1, frequencyPenalty: 0.2 },
      },
    ],
  ])('%s', (_, call, request, expected) => {
    expect(readExchange({ call, request }).request).toEqual(expected)
  })

  test.each([
    [
      'amazon.titan-embed-image-v1',
      { inputText: 'A cat', embeddingConfig: { outputEmbeddingLength: 256 } },
      {},
    ],
    [
      'amazon.titan-embed-text-v2:0',
      { inputText: 'A cat', dimensions: 256, embeddingTypes: ['float', 'binary'] },
      { encodingFormats: ['float', 'binary'] },
    ],
    [
      'cohere.embed-v4:0',
      { texts: ['A cat'], input_type: 'search_query', output_dimension: 256, embedding_types: ['int8'] },
      { encodingFormats: ['int8'] },
    ],
    [
      'amazon.nova-2-multimodal-embeddings-v1:0',
      { taskType: 'SINGLE_EMBEDDING', singleEmbeddingParams: { embeddingDimension: 256 } },
      {},
    ],
  ])('%s: the length of vectors on Bedrock', (model, request, further) => {
    expect(readExchange({ call: `${INVOKE}/${model}/invoke`, request }).request).toEqual({
      ...{ operation: 'embeddings', model, embeddingDimensions: 256 },
      ...further,
    })
  })

  test.each([
    ['embedContent', { content: {}, output_dimensionality: 256 }],
    ['embedContent', { content: {}, embedContentConfig: { outputDimensionality: 256 } }],
    ['batchEmbedContents', { requests: [{ content: {}, outputDimensionality: 256 }] }],
  ])("%s: the length of Gemini's vectors", (method, request) => {
    const call = `POST https://generativelanguage.googleapis.com/v1beta/models/gemini-embedding-001:${method}`
    expect(readExchange({ call, request }).request).toEqual({
      operation: 'embeddings',
      model: 'gemini-embedding-001',
      embeddingDimensions: 256,
    })
  })

  test.each([
    ['json', { responseFormat: { text: { mimeType: 'APPLICATION_JSON', schema: {} } } }],
    ['text', { responseFormat: { text: { mimeType: 'TEXT_PLAIN' } } }],
    ['speech', { responseFormat: { audio: { mimeType: 'AUDIO_WAV' } } }],
    ['image', { response_format: { image: { aspect_ratio: 'ASPECT_RATIO_ONE_BY_ONE' } } }],
  ])("the output type of Gemini's format for %s", (outputType, generationConfig) => {
    const call = 'POST https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro:generateContent'
    expect(readExchange({ call, request: { contents: [], generationConfig } }).request).toEqual({
      operation: 'generate_content',
      model: 'gemini-3-pro',
      outputType,
    })
  })
})
