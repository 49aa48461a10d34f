import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'openinference.span.kind': 'EMBEDDING',
      'embedding.model_name': 'text-embedding-3-small',
      'llm.token_count.prompt': 8,
    },
    reads: {
      role: 'call',
      operation: 'embeddings',
      responseModel: 'text-embedding-3-small',
      usage: { inputTokens: 8 },
    },
  },
  {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'azure',
      'llm.model_name': 'gpt-4o',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 30,
      'llm.token_count.prompt_details.cache_read': 60,
      'llm.token_count.completion_details.reasoning': 10,
    },
    reads: {
      provider: 'azure.ai.openai',
      usage: { inputTokens: 100, cacheReadTokens: 60, outputTokens: 30, reasoningTokens: 10 },
      cachedInput: 'included',
    },
  },
  {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'google',
      'llm.system': 'vertexai',
      'llm.model_name': 'gemini-2.5-pro',
      'llm.token_count.prompt': 100,
    },
    reads: { provider: 'gcp.vertex_ai' },
  },
  {
    attributes: {
      'openinference.span.kind': 'EMBEDDING',
      'embedding.model_name': 'text-embedding-3-small',
      'llm.token_count.total': 12,
    },
    reads: { role: 'call', operation: 'embeddings', provider: 'openai', usage: { inputTokens: 12 } },
  },
  {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'aws',
      'llm.system': 'anthropic',
      'llm.model_name': 'claude-3-5-sonnet-20240620',
      'llm.token_count.prompt': 500,
      'llm.token_count.prompt_details.cache_read': 400,
      'llm.token_count.completion': 7,
    },
    reads: {
      provider: 'aws.bedrock',
      usage: { inputTokens: 900, cacheReadTokens: 400, outputTokens: 7 },
      cachedInput: 'excluded',
    },
  },
]
