import { describe, expect, it } from 'vitest'
import { loadPriceBook, type PriceableCall, priceUsage } from '../src/index.ts'

const book = loadPriceBook()
const AT = '2026-09-01T12:00:00Z'

type Call = Omit<PriceableCall, 'provider' | 'model' | 'at'> & { at?: string }
type Row = [provider: string, model: string, call: Call, amount: string]

function price(provider: string, model: string, { at, ...call }: Call) {
  return priceUsage({ provider, model, at: new Date(at ?? AT), ...call }, book)
}

function tokens(
  inputTokens: number,
  outputTokens: number,
  more: Partial<PriceableCall['usage']> = {},
): PriceableCall['usage'] {
  return { inputTokens, outputTokens, ...more }
}

const M = 1_000_000

/** Amounts worked out by hand from the providers' own tables. */
const TABLES: Record<string, Row[]> = {
  'ids and provider names as instrumentations write them': [
    ['aws.bedrock', 'nova-lite-v1:0', { usage: tokens(1_000, 1_000) }, '0.0003'],
    ['aws.bedrock', 'claude-3-5-sonnet-20240620', { usage: tokens(1_000, 1_000) }, '0.018'],
    ['aws.bedrock', 'anthropic/claude-3-haiku-20240307-v1:0', { usage: tokens(1_000, 1_000) }, '0.0015'],
    [
      'bedrock',
      'bedrock/converse/us.anthropic.claude-3-5-sonnet-20241022-v2:0',
      { usage: tokens(1_000, 1_000) },
      '0.018',
    ],
    ['vertex_ai', 'anthropic/claude-3-opus@20240229', { usage: tokens(1_000, 1_000) }, '0.09'],
    ['GoogleGenerativeAI', 'models/gemini-2.5-flash', { usage: tokens(1_000, 1_000) }, '0.0028'],
    ['azure', 'azure/global-standard/gpt-4o-mini', { usage: tokens(M, M) }, '0.75'],
    ['openai', 'openai:gpt-4o', { usage: tokens(M, M) }, '12.5'],
    [
      'aws.bedrock',
      'bedrock:us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      { usage: tokens(1_000, 1_000) },
      '0.0198',
    ],
    ['x.ai', 'grok-3', { usage: tokens(1_000, 1_000) }, '0.018'],
    ['mistral-ai', 'mistral-large-2411', { usage: tokens(1_000, 1_000) }, '0.008'],
  ],
  'audio in the input of a chat model': [
    [
      'openai',
      'gpt-4o-audio-preview',
      { usage: tokens(21, 1, { audioInputTokens: 2, audioOutputTokens: 0 }) },
      '0.0001375',
    ],
  ],
  'tools without a fee of their own': [
    ['gcp.gemini', 'gemini-2.5-flash', { usage: tokens(1_000, 0), tools: { code_execution: 2 } }, '0.0003'],
  ],
  'plain and cached tokens': [
    ['openai', 'gpt-4o-mini', { usage: tokens(1_000, 500) }, '0.00045'],
    ['openai', 'gpt-4o', { usage: tokens(1_000, 100, { cacheReadTokens: 600 }) }, '0.00275'],
    [
      'deepseek',
      'deepseek-v4-pro',
      { at: '2026-06-01', usage: tokens(1_000, 0, { cacheReadTokens: 1_000 }) },
      '0.000003625',
    ],
    ['groq', 'openai/gpt-oss-120b', { usage: tokens(M, M, { cacheReadTokens: 500_000 }) }, '0.7125'],
    ['cohere', 'command-r-08-2024', { usage: tokens(M, M) }, '0.75'],
  ],
  'what may wait in the background for two hours or eight': [
    [
      'openai',
      'gpt-6.1-sol',
      { usage: tokens(M, M, { cacheReadTokens: 500_000 }), at: '2026-11-25', serviceTier: 'background_2h' },
      '11.97',
    ],
    [
      'openai',
      'gpt-6.1-sol',
      { usage: tokens(M, M, { cacheReadTokens: 500_000 }), at: '2026-11-25', serviceTier: 'background_8h' },
      '10.26',
    ],
  ],
  'cache writes by duration, at each model’s own rate': [
    [
      'openai',
      'gpt-6.1-sol',
      { usage: tokens(10_000, 0, { cacheWriteTokens: 8_000, cacheWrite12hTokens: 3_000 }), at: '2026-11-25' },
      '0.0315',
    ],
    [
      'openai',
      'gpt-6.1-sol',
      {
        usage: tokens(10_000, 0, { cacheWriteTokens: 8_000, cacheWrite12hTokens: 3_000 }),
        at: '2026-11-25',
        serviceTier: 'ultrafast',
      },
      '0.189',
    ],
    [
      'anthropic',
      'claude-sonnet-4-5-20250929',
      {
        usage: tokens(10_000, 1_000, {
          cacheReadTokens: 2_000,
          cacheWriteTokens: 3_000,
          cacheWrite5mTokens: 1_000,
          cacheWrite1hTokens: 2_000,
        }),
      },
      '0.04635',
    ],
    [
      'anthropic',
      'claude-3-haiku-20240307',
      { usage: tokens(M, 0, { cacheWrite1hTokens: M, cacheWriteTokens: M }) },
      '0.5',
    ],
    [
      'anthropic',
      'claude-3-opus-20240229',
      { usage: tokens(M, 0, { cacheWrite1hTokens: M, cacheWriteTokens: M }) },
      '30',
    ],
    [
      'anthropic',
      'claude-fable-5-1',
      { at: '2026-10-01', usage: tokens(M, 0, { cacheReadTokens: M }) },
      '0.25',
    ],
    [
      'anthropic',
      'claude-opus-5-5',
      { at: '2026-10-01', usage: tokens(M, 0, { cacheReadTokens: M }) },
      '0.2',
    ],
    ['openai', 'gpt-5.6-sol', { usage: tokens(272_000, 1_000, { cacheWriteTokens: 1_000 }) }, '1.109'],
    [
      'aws.bedrock',
      'us.anthropic.claude-opus-4-5-20251101-v1:0',
      { usage: tokens(1_000, 1_000, { cacheWriteTokens: 1_000, cacheWrite1hTokens: 1_000 }) },
      '0.0385',
    ],
  ],
  'context tiers on the whole input of the one request': [
    ['gcp.gemini', 'gemini-2.5-pro', { usage: tokens(200_000, 0) }, '0.25'],
    ['gcp.gemini', 'gemini-2.5-pro', { usage: tokens(200_001, 10) }, '0.5001525'],
    ['openai', 'gpt-5.4', { usage: tokens(272_000, 0) }, '0.68'],
    ['openai', 'gpt-5.4', { usage: tokens(272_001, 0) }, '1.360005'],
    ['openai', 'gpt-5.4', { batch: true, usage: tokens(M, 0) }, '2.5'],
    ['openai', 'gpt-5.4', { batch: true, operation: 'fetch_batch_results', usage: tokens(M, 0) }, '1.25'],
    ['openai', 'gpt-5.4', { operation: 'invoke_agent', usage: tokens(M, 0) }, '2.5'],
    ['aws.bedrock', 'global.openai.gpt-5.6-sol', { usage: tokens(272_000, 0) }, '2.176'],
    ['azure.ai.openai', 'gpt-5.6-terra-2026-07-09', { usage: tokens(300_000, 0) }, '1.2'],
    ['x_ai', 'grok-4.5', { usage: tokens(199_999, 0) }, '0.399998'],
    ['x_ai', 'grok-4.5', { usage: tokens(200_000, 0, { cacheReadTokens: 100_000 }) }, '0.46'],
    [
      'anthropic',
      'claude-haiku-5-5',
      {
        at: '2026-10-10',
        usage: tokens(100_001, 0, { cacheWriteTokens: 100_001, cacheWrite1hTokens: 100_001 }),
      },
      '0.100001',
    ],
    ['alibaba_cloud', 'qwen3-coder-plus', { usage: tokens(100_000, 1_000) }, '0.189'],
  ],
  'prices of their day': [
    ['openai', 'gpt-4o', { at: '2024-06-01', usage: tokens(M, M) }, '20'],
    ['openai', 'o3', { at: '2025-06-09', usage: tokens(M, M, { cacheReadTokens: M }) }, '42.5'],
    ['openai', 'o3', { at: '2025-06-10', usage: tokens(M, M, { cacheReadTokens: M }) }, '8.5'],
    ['openai', 'gpt-5.6-sol', { at: '2026-08-20T23:59:59Z', usage: tokens(1_000, 1_000) }, '0.035'],
    ['openai', 'gpt-5.6-sol', { at: '2026-08-21', usage: tokens(1_000, 1_000) }, '0.024'],
    ['anthropic', 'claude-sonnet-4-5', { at: '2026-03-12', usage: tokens(250_000, 1_000) }, '1.5225'],
    ['anthropic', 'claude-sonnet-4-5', { at: '2026-03-13', usage: tokens(250_000, 1_000) }, '0.765'],
    ['anthropic', 'claude-sonnet-4-20250514', { at: '2025-10-01', usage: tokens(250_000, 0) }, '1.5'],
    ['gcp.gemini', 'gemini-3.6-flash', { at: '2026-07-15', usage: tokens(M, M) }, '9'],
    ['gcp.gemini', 'gemini-3.6-flash', { at: '2026-12-31', usage: tokens(M, M) }, '4.5'],
    ['gcp.gemini', 'gemini-3.6-flash', { at: '2027-01-01', usage: tokens(M, M) }, '9'],
    ['mistral_ai', 'mistral-large-latest', { at: '2025-06-01', usage: tokens(M, M) }, '8'],
    ['mistral_ai', 'mistral-large-latest', { usage: tokens(M, M) }, '2'],
    ['mistral_ai', 'mistral-ocr-latest', { at: '2026-01-01', usage: { pages: 1_000 } }, '2'],
  ],
  'hours and weekdays': [
    ['deepseek', 'deepseek-v4-pro', { at: '2026-08-01T02:00:00Z', usage: tokens(M, 0) }, '0.435'],
    ['deepseek', 'deepseek-v4-pro', { at: '2026-08-18T02:00:00Z', usage: tokens(M, 0) }, '1.32'],
    ['deepseek', 'deepseek-v4-pro', { at: '2026-08-18T04:00:00Z', usage: tokens(M, 0) }, '0.66'],
    ['deepseek', 'deepseek-v4-pro', { at: '2026-08-29T02:00:00Z', usage: tokens(M, 0) }, '0.66'],
    ['deepseek', 'deepseek-v4-pro', { at: '2026-08-31T09:59:59Z', usage: tokens(M, 0) }, '1.32'],
    ['deepseek', 'deepseek-chat', { at: '2025-03-01T00:29:59Z', usage: tokens(M, M) }, '0.685'],
    ['deepseek', 'deepseek-chat', { at: '2025-03-01T00:30:00Z', usage: tokens(M, M) }, '1.37'],
    ['deepseek', 'deepseek-chat', { at: '2025-12-01T17:00:00Z', usage: tokens(M, M) }, '0.7'],
  ],
  'service tiers as published, with tier and cache': [
    [
      'openai',
      'gpt-5.4',
      { serviceTier: 'flex', usage: tokens(M / 1_000, 0, { cacheReadTokens: 1_000 }) },
      '0.00013',
    ],
    ['openai', 'gpt-5.5', { serviceTier: 'priority', usage: tokens(1_000, 1_000) }, '0.0875'],
    ['openai', 'gpt-5.5', { serviceTier: 'fast', usage: tokens(1_000, 1_000) }, '0.0875'],
    ['openai', 'gpt-5.6-sol', { serviceTier: 'priority', usage: tokens(272_001, 1_000) }, '4.412016'],
    [
      'openai',
      'gpt-5.4',
      { batch: true, usage: tokens(300_000, 1_000, { cacheReadTokens: 100_000 }) },
      '0.53625',
    ],
    ['openai', 'gpt-4o', { batch: true, usage: tokens(M, M) }, '6.25'],
    ['openai', 'gpt-4o:batch', { usage: tokens(M, M) }, '6.25'],
    ['openai', 'gpt-4o-mini', { serviceTier: 'default', usage: tokens(M, M) }, '0.75'],
    ['gcp.gemini', 'gemini-2.5-flash', { batch: true, usage: tokens(M, M) }, '1.4'],
    [
      'anthropic',
      'claude-opus-4-8',
      { serviceTier: 'batch', usage: tokens(1_000, 1_000, { cacheReadTokens: 1_000 }) },
      '0.01275',
    ],
    [
      'anthropic',
      'claude-opus-4-6',
      { speed: 'fast', usage: tokens(1_000, 1_000, { cacheReadTokens: 500 }) },
      '0.1665',
    ],
    ['anthropic', 'claude-opus-4-8', { speed: 'fast', usage: tokens(1_000, 1_000) }, '0.06'],
    ['anthropic', 'claude-opus-4-8', { speed: 'normal', usage: tokens(1_000, 1_000) }, '0.03'],
  ],
  'geography multiplies tokens, not tools': [
    [
      'anthropic',
      'claude-opus-4-6',
      { inferenceGeo: 'us', speed: 'fast', usage: tokens(1_000, 1_000) },
      '0.198',
    ],
    [
      'anthropic',
      'claude-opus-4-8',
      { inferenceGeo: 'us', batch: true, tools: { web_search: 2 }, usage: tokens(1_000, 1_000) },
      '0.0365',
    ],
    ['anthropic', 'claude-opus-4-5', { inferenceGeo: 'us', usage: tokens(1_000, 1_000) }, '0.03'],
    ['openai', 'gpt-5.4', { host: 'eu.api.openai.com', usage: tokens(1_000, 1_000) }, '0.01925'],
    ['openai', 'gpt-4o', { host: 'eu.api.openai.com', usage: tokens(1_000, 1_000) }, '0.0125'],
    [
      'x_ai',
      'grok-4.6',
      { host: 'us.api.x.ai', tools: { x_search: 2 }, usage: tokens(1_000, 1_000) },
      '0.0188',
    ],
    [
      'aws.bedrock',
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      { usage: tokens(1_000, 1_000) },
      '0.0198',
    ],
    [
      'aws.bedrock',
      'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
      { usage: tokens(1_000, 1_000) },
      '0.018',
    ],
    [
      'aws.bedrock',
      'anthropic.claude-3-7-sonnet-20250219-v1:0',
      { region: 'us-gov-west-1', usage: tokens(1_000, 1_000) },
      '0.0216',
    ],
    [
      'gcp.vertex_ai',
      'claude-sonnet-4-5@20250929',
      { region: 'us-east5', usage: tokens(1_000, 1_000) },
      '0.0198',
    ],
    [
      'gcp.vertex_ai',
      'claude-sonnet-4-5@20250929',
      { region: 'global', usage: tokens(1_000, 1_000) },
      '0.018',
    ],
    ['azure.ai.openai', 'gpt-4o-2024-08-06', { region: 'DataZoneStandard', usage: tokens(M, M) }, '13.75'],
  ],
  'audio, image and video': [
    [
      'openai',
      'gpt-realtime',
      {
        usage: tokens(1_000, 1_000, {
          audioInputTokens: 500,
          audioCacheReadTokens: 100,
          cacheReadTokens: 200,
          audioOutputTokens: 300,
        }),
      },
      '0.04488',
    ],
    [
      'openai',
      'gpt-4o-audio-preview',
      { usage: tokens(1_000, 1_000, { audioInputTokens: 1_000, audioOutputTokens: 1_000 }) },
      '0.12',
    ],
    ['openai', 'gpt-4o-transcribe', { usage: tokens(1_000, 100, { audioInputTokens: 1_000 }) }, '0.007'],
    ['openai', 'gpt-4o-transcribe', { usage: { seconds: 60 } }, '0.006'],
    ['openai', 'whisper-1', { usage: { seconds: 90 } }, '0.009'],
    ['openai', 'tts-1-hd', { usage: { characters: 1_000 } }, '0.03'],
    ['openai', 'gpt-image-1', { image: { size: '1024x1536', quality: 'high' }, usage: { images: 2 } }, '0.5'],
    ['openai', 'gpt-image-1', { usage: tokens(100, 1_000, { imageInputTokens: 50 }) }, '0.04075'],
    ['openai', 'dall-e-3', { image: { size: '1792x1024', quality: 'hd' }, usage: { images: 1 } }, '0.12'],
    ['openai', 'sora-2-pro', { image: { size: '1024x1792' }, usage: { seconds: 10 } }, '5'],
    ['gcp.gemini', 'veo-3.1-generate-preview', { image: { size: '4k' }, usage: { seconds: 8 } }, '4.8'],
    [
      'gcp.gemini',
      'gemini-2.5-flash',
      {
        usage: tokens(10_000, 100, {
          audioInputTokens: 4_000,
          cacheReadTokens: 2_000,
          audioCacheReadTokens: 1_000,
          reasoningTokens: 50,
        }),
      },
      '0.00488',
    ],
    ['gcp.vertex_ai', 'imagen-4.0-generate-001', { usage: { images: 3 } }, '0.12'],
    ['groq', 'whisper-large-v3', { usage: { seconds: 3_600 } }, '0.111'],
    ['groq', 'whisper-large-v3', { usage: { seconds: 3 } }, '0.000308333333'],
  ],
  'embeddings, rerank, pages': [
    ['openai', 'text-embedding-3-small', { usage: { inputTokens: M } }, '0.02'],
    ['aws.bedrock', 'amazon.titan-embed-text-v2:0', { usage: { inputTokens: M } }, '0.02'],
    ['voyage_ai', 'voyage-3.5', { usage: { inputTokens: M } }, '0.06'],
    ['cohere', 'rerank-v3.5', { usage: { searchUnits: 3 } }, '0.006'],
    ['aws.bedrock', 'cohere.rerank-v3-5:0', { usage: { searchUnits: 1 } }, '0.002'],
    ['mistral_ai', 'mistral-ocr-latest', { tools: { annotation: 4 }, usage: { pages: 10 } }, '0.044'],
  ],
  'provider-side tools': [
    [
      'openai',
      'gpt-4o-mini',
      { tools: { web_search: 1, file_search: 2, code_interpreter: 1 }, usage: tokens(1_000, 1_000) },
      '0.04575',
    ],
    ['openai', 'gpt-4.1', { tools: { web_search_preview: 1 }, usage: tokens(1_000, 1_000) }, '0.035'],
    [
      'openai',
      'gpt-4o-search-preview',
      { searchContextSize: 'high', tools: { web_search: 1 }, usage: tokens(0, 0) },
      '0.05',
    ],
    [
      'groq',
      'openai/gpt-oss-120b',
      { tools: { web_search: 2, visit_website: 1, 'browser.find': 3 }, usage: tokens(0, 0) },
      '0.011',
    ],
    ['anthropic', 'claude-opus-4-5', { tools: { web_fetch: 5 }, usage: tokens(1_000, 0) }, '0.005'],
    ['gcp.gemini', 'gemini-2.5-pro', { tools: { web_search: 3 }, usage: tokens(0, 0) }, '0.035'],
    ['gcp.gemini', 'gemini-3.1-pro-preview', { tools: { google_search: 3 }, usage: tokens(0, 0) }, '0.042'],
    ['perplexity', 'sonar', { usage: tokens(1_000, 1_000) }, '0.007'],
    ['perplexity', 'sonar-pro', { searchContextSize: 'high', usage: tokens(1_000, 1_000) }, '0.032'],
    [
      'perplexity',
      'sonar-deep-research',
      {
        tools: { search_queries: 10 },
        usage: tokens(1_000, 5_000, { reasoningTokens: 3_000, citationTokens: 2_000 }),
      },
      '0.081',
    ],
  ],
  'thinking mode': [
    ['alibaba_cloud', 'qwen-plus', { usage: tokens(1_000, 1_000) }, '0.0016'],
    ['alibaba_cloud', 'qwen-plus', { usage: tokens(1_000, 1_000, { reasoningTokens: 500 }) }, '0.0044'],
    ['alibaba_cloud', 'qwen-plus', { usage: tokens(300_000, 1_000, { reasoningTokens: 500 }) }, '0.372'],
  ],
  'ids as wires write them': [
    ['openai', 'ft:gpt-4.1-mini-2025-04-14:acme::BxYz', { usage: tokens(M, M) }, '4'],
    ['openai', 'ft:o4-mini-2025-04-16:acme:support:BxYz', { usage: tokens(M, M) }, '20'],
    ['gcp.gemini', 'models/gemini-2.5-flash', { usage: tokens(M, M) }, '2.8'],
    [
      'gcp.vertex_ai',
      'projects/p/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-5@20250929',
      { usage: tokens(1_000, 1_000) },
      '0.0198',
    ],
    [
      'aws.bedrock',
      'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0',
      { usage: tokens(M, M) },
      '4',
    ],
    [
      'aws.bedrock',
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      { usage: tokens(1_000, 1_000) },
      '0.0198',
    ],
    ['az.ai.openai', 'gpt-35-turbo', { usage: tokens(M, M) }, '2'],
    ['azure', 'my-deployment', { requestModel: 'gpt-4o', usage: tokens(M, M) }, '12.5'],
    ['openai', 'gpt-5.6-luna-2026-07-09', { usage: tokens(M / 10, M / 10) }, '0.14'],
    ['openai', 'gpt-4o', { host: 'my-resource.openai.azure.com', usage: tokens(M, M) }, '12.5'],
    [
      'litellm',
      'bedrock/us.anthropic.claude-3-5-sonnet-20241022-v2:0',
      { usage: tokens(1_000, 1_000) },
      '0.018',
    ],
    ['openrouter', 'openai/gpt-4o:nitro', { usage: tokens(M, M) }, '12.5'],
    ['openrouter', 'deepseek/deepseek-r1:free', { usage: tokens(M, M) }, '0'],
    [
      'google',
      'claude-sonnet-4-5@20250929',
      { host: 'us-east5-aiplatform.googleapis.com', usage: tokens(1_000, 1_000) },
      '0.0198',
    ],
    [
      'anthropic',
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      { host: 'bedrock-runtime.us-east-1.amazonaws.com', usage: tokens(1_000, 1_000) },
      '0.0198',
    ],
    [
      'gcp.vertex_ai',
      'publishers/meta/models/llama-4-maverick-17b-128e-instruct-maas',
      { usage: tokens(M, M) },
      '1.5',
    ],
    ['aws.bedrock', 'amazon.nova-pro-v1', { usage: tokens(M, M) }, '4'],
    ['fireworks_ai', 'accounts/fireworks/models/llama-v3p3-70b-instruct', { usage: tokens(M, M) }, '1.8'],
    ['openrouter', 'anthropic/claude-4.5-sonnet-20250929', { usage: tokens(1_000, 1_000) }, '0.018'],
    ['openrouter', 'claude-sonnet-4.5', { usage: tokens(1_000, 1_000) }, '0.018'],
  ],
  'declared cost': [
    [
      'openrouter',
      'anthropic/claude-sonnet-4.5',
      { declaredCost: { amount: 0.0123, currency: 'USD' }, usage: tokens(1_000, 1_000) },
      '0.0123',
    ],
    [
      'openrouter',
      'openai/gpt-4o',
      { declaredCost: { amount: 0, currency: 'USD', byok: true }, usage: tokens(1_000, 1_000) },
      '0.0125',
    ],
    [
      'openrouter',
      'openai/gpt-4o',
      { declaredCost: { amount: 0.000625, currency: 'USD', byok: true }, usage: tokens(1_000, 1_000) },
      '0.013125',
    ],
    [
      'litellm',
      'openai/gpt-4o',
      { declaredCost: { amount: 0.001615, currency: 'USD' }, usage: tokens(1_000, 1_000) },
      '0.001615',
    ],
  ],
}

for (const [title, rows] of Object.entries(TABLES)) {
  describe(title, () => {
    it.each(rows)('%s %s %o costs %s', (provider, model, call, amount) => {
      expect(price(provider, model, call)).toMatchObject({ priced: true, amount })
    })
  })
}

describe('what has no price says why', () => {
  it.each<[string, string, Call, string]>([
    ['openai', 'gpt-4o-mini-foo', { usage: tokens(1, 1) }, 'unknown_model'],
    ['openai', 'gpt-4', { usage: {} }, 'no_usage'],
    ['openai', 'gpt-4', { usage: { cacheReadTokens: 0 } }, 'no_usage'],
    ['openai', 'gpt-4', { usage: { outputTokens: 0 } }, 'no_usage'],
    ['openai', 'gpt-4', { usage: {}, tools: { web_search: 0 } }, 'no_usage'],
    ['openai', 'dall-e-3', { usage: { inputTokens: 0, outputTokens: 0 } }, 'no_usage'],
    ['cohere', 'rerank-v3.5', { usage: { outputTokens: 0 } }, 'no_usage'],
    ['nobody', 'gpt-4o', { usage: tokens(1, 1) }, 'unknown_provider'],
    ['openai', 'gpt-4o', { host: 'api.302.ai', usage: tokens(1, 1) }, 'unknown_model'],
    ['openai', 'gpt-4o', { host: 'api.business.githubcopilot.com', usage: tokens(1, 1) }, 'unknown_model'],
    ['openai', 'gpt-4o', { host: 'api.gmi-serving.com', usage: tokens(1, 1) }, 'unknown_model'],
    ['openai', 'gpt-4o', { serviceTier: 'turbo', usage: tokens(1, 1) }, 'unknown_tier'],
    ['openai', 'gpt-4.1-nano', { serviceTier: 'flex', usage: tokens(1, 1) }, 'unknown_tier'],
    ['anthropic', 'claude-opus-4-5', { speed: 'fast', usage: tokens(1, 1) }, 'unknown_tier'],
    ['openai', 'gpt-4o', { usage: tokens(10, 1, { cacheReadTokens: 20 }) }, 'impossible_usage'],
    ['openai', 'gpt-4o', { usage: tokens(-1, 1) }, 'impossible_usage'],
    ['openai', 'gpt-4o', { usage: tokens(1.5, 1) }, 'impossible_usage'],
    ['openai', 'gpt-4o', { usage: tokens(1, 1, { reasoningTokens: 2 }) }, 'impossible_usage'],
    ['openai', 'gpt-4o', { tools: { teleport: 1 }, usage: tokens(1, 1) }, 'unknown_tool'],
    ['openai', 'gpt-4o', { usage: { pages: 1 } }, 'no_price_for_usage'],
    [
      'aws.bedrock',
      'arn:aws:bedrock:us-east-1:1:application-inference-profile/abc',
      { usage: tokens(1, 1) },
      'unknown_model',
    ],
    [
      'openrouter',
      'acme/unheard-of',
      { declaredCost: { amount: 0, currency: 'USD', byok: true }, usage: tokens(1, 1) },
      'unknown_upstream',
    ],
  ])('%s %s %o: %s', (provider, model, call, reason) => {
    expect(price(provider, model, call)).toMatchObject({ priced: false, reason })
  })

  it('prices nothing at an impossible time', () => {
    expect(price('openai', 'gpt-4o', { at: 'never', usage: tokens(1, 1) })).toMatchObject({
      priced: false,
      reason: 'impossible_time',
    })
  })

  it('keeps zero apart from unknown', () => {
    expect(price('openai', 'gpt-4o', { usage: tokens(0, 0) })).toMatchObject({ priced: true, amount: '0' })
  })
})

describe('cached tokens whose kind nobody states', () => {
  // 36 images at 2.5, 54 images and 266 texts from the cache at 1.25 a million.
  it('are those of images and sound as far as the total leaves no other room', () => {
    const cost = price('openai', 'gpt-4o', {
      usage: tokens(356, 0, { cacheReadTokens: 320, imageInputTokens: 90 }),
    })
    expect(cost).toMatchObject({ priced: true, amount: '0.00049' })
  })

  // 354 of video at 0.3, 42 of sound at 1, 1,004 of video and text from the cache at 0.03, 118 of sound from it at 0.1 a million.
  it('are those of video, too', () => {
    const cost = price('gcp.gemini', 'gemini-2.5-flash', {
      usage: tokens(1518, 0, {
        cacheReadTokens: 1122,
        audioInputTokens: 160,
        audioCacheReadTokens: 118,
        videoInputTokens: 1315,
      }),
    })
    expect(cost).toMatchObject({ priced: true, amount: '0.00019012' })
  })

  it('are no way to make room for more than there is', () => {
    for (const parts of [
      { cacheReadTokens: 20, imageInputTokens: 130 },
      { cacheReadTokens: 50, videoInputTokens: 100, audioInputTokens: 50 },
    ]) {
      const cost = price('gcp.gemini', 'gemini-2.5-flash', { usage: tokens(100, 0, parts) })
      expect(cost).toMatchObject({ priced: false, reason: 'impossible_usage' })
    }
  })
})

describe('the result', () => {
  it('states parts, price, source, savings and every step', () => {
    const cost = price('anthropic', 'claude-opus-4-6', {
      inferenceGeo: 'us',
      usage: tokens(1_000, 200, { cacheReadTokens: 500 }),
    })
    expect(cost).toEqual({
      priced: true,
      amount: '0.008525',
      currency: 'USD',
      components: { input: '0.00275', cache_read: '0.000275', output: '0.0055' },
      listAmount: '0.008525',
      cacheSavings: '0.002475',
      price: 'anthropic/claude-opus-4-6@2026-03-13',
      source: 'list',
      decisions: ['price anthropic/claude-opus-4-6@2026-03-13', 'region: us, 1.1 of the token rates'],
    })
  })

  it('marks a call older than the first known price as estimated', () => {
    expect(price('openai', 'gpt-5.4', { at: '2020-01-01', usage: tokens(M / 10, 0) })).toMatchObject({
      source: 'estimated',
      amount: '0.25',
    })
  })

  it('says which allowance it could not know about', () => {
    const cost = price('gcp.gemini', 'gemini-2.5-pro', { tools: { web_search: 1 }, usage: tokens(0, 0) })
    expect(cost.decisions.at(-1)).toBe(
      'tools: web_search, the daily free allowance of the project is not known per call, not deducted',
    )
  })

  it('gives the same answer for the same kind of call from memory, and another for another kind', () => {
    const call: Call = { usage: tokens(1_000, 1_000) }
    expect(price('openai', 'gpt-5.5', call)).toEqual(price('openai', 'gpt-5.5', call))
    expect(price('openai', 'gpt-5.5', { ...call, serviceTier: 'flex' })).toMatchObject({ amount: '0.0175' })
    expect(price('openai', 'gpt-5.5', { usage: tokens(300_000, 1_000) })).toMatchObject({ amount: '3.045' })
    expect(price('openai', 'gpt-5.5', call)).toMatchObject({ amount: '0.035' })
  })
})
