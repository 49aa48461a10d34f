import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    name: 'haystack.component.run',
    attributes: {
      'haystack.component.name': 'llm',
      'haystack.component.type': 'OpenAIChatGenerator',
      'haystack.component.output': JSON.stringify({
        replies: [
          {
            role: 'assistant',
            content: [{ text: 'Hi' }],
            meta: {
              model: 'gpt-4o-mini-2024-07-18',
              finish_reason: 'stop',
              usage: {
                prompt_tokens: 40,
                completion_tokens: 9,
                total_tokens: 49,
                prompt_tokens_details: { cached_tokens: 16 },
              },
            },
          },
        ],
      }),
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'openai',
      responseModel: 'gpt-4o-mini-2024-07-18',
      usage: { inputTokens: 40, cacheReadTokens: 16, outputTokens: 9 },
    },
  },
  {
    name: 'haystack.component.run',
    attributes: {
      'haystack.component.type': 'AnthropicChatGenerator',
      'haystack.component.output': JSON.stringify({
        replies: [
          {
            meta: {
              model: 'claude-sonnet-4-5',
              usage: { prompt_tokens: 400, completion_tokens: 9, cache_read_input_tokens: 100 },
            },
          },
        ],
      }),
    },
    reads: {
      provider: 'anthropic',
      usage: { inputTokens: 400, cacheReadTokens: 100, outputTokens: 9 },
      cachedInput: 'included',
    },
  },
  {
    // Of a generator that another component calls, with Google's names beside OpenAI's.
    name: 'haystack.chat_generator.run',
    attributes: {
      'haystack.component.type': 'GoogleGenAIChatGenerator',
      'haystack.component.output': JSON.stringify({
        replies: [
          {
            meta: {
              model: 'gemini-2.5-flash',
              usage: {
                prompt_tokens: 400,
                completion_tokens: 9,
                total_tokens: 429,
                thoughts_token_count: 20,
                cached_content_token_count: 100,
              },
            },
          },
        ],
      }),
    },
    reads: {
      role: 'call',
      provider: 'gcp.gemini',
      usage: { inputTokens: 400, cacheReadTokens: 100, outputTokens: 29, reasoningTokens: 20 },
    },
  },
  {
    name: 'haystack.component.run',
    attributes: {
      'haystack.component.type': 'AmazonBedrockChatGenerator',
      'haystack.component.output': JSON.stringify({
        replies: [
          {
            meta: {
              model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
              usage: { prompt_tokens: 400, completion_tokens: 9, cache_read_input_tokens: 100 },
            },
          },
        ],
      }),
    },
    reads: {
      provider: 'aws.bedrock',
      usage: { inputTokens: 500, cacheReadTokens: 100, outputTokens: 9 },
      cachedInput: 'excluded',
    },
  },
  {
    name: 'haystack.component.run',
    attributes: {
      'haystack.component.type': 'CohereTextEmbedder',
      'haystack.component.output': JSON.stringify({
        embedding: [0.1],
        meta: { model: 'embed-v4.0', usage: { prompt_tokens: 4, total_tokens: 4 } },
      }),
    },
    reads: { role: 'call', operation: 'embeddings', provider: 'cohere', usage: { inputTokens: 4 } },
  },
  {
    name: 'haystack.agent.step.llm',
    attributes: {
      'haystack.agent.step.llm.output': JSON.stringify({
        replies: [{ meta: { model: 'gpt-4o', usage: { prompt_tokens: 5, completion_tokens: 1 } } }],
      }),
    },
    reads: { role: 'call', provider: 'openai', usage: { inputTokens: 5, outputTokens: 1 } },
  },
  {
    // What is not traced as content says nothing of the call.
    name: 'haystack.component.run',
    attributes: { 'haystack.component.type': 'OpenAIChatGenerator', 'haystack.component.name': 'llm' },
    reads: { role: 'step', usage: {} },
  },
  {
    // Components around it hand its replies on.
    name: 'haystack.component.run',
    attributes: {
      'haystack.component.type': 'BranchJoiner',
      'haystack.component.output': JSON.stringify({ replies: [{ meta: { usage: { prompt_tokens: 5 } } }] }),
    },
    reads: { role: 'step', usage: {} },
  },
]
