import type { DialectCall } from './types.ts'

const json = JSON.stringify

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'mlflow.spanType': '"CHAT_MODEL"',
      'mlflow.llm.model': '"gpt-4o"',
      'mlflow.chat.tokenUsage': json({ input_tokens: 11, output_tokens: 3, total_tokens: 14 }),
    },
    reads: {
      role: 'call',
      operation: 'chat',
      responseModel: 'gpt-4o',
      usage: { inputTokens: 11, outputTokens: 3 },
    },
  },
  {
    attributes: {
      'mlflow.spanType': '"CHAT_MODEL"',
      'mlflow.llm.model': '"claude-sonnet-4-5"',
      'mlflow.chat.tokenUsage': json({
        input_tokens: 1000,
        output_tokens: 3,
        total_tokens: 1003,
        cache_read_input_tokens: 600,
        cache_creation_input_tokens: 100,
        cache_creation_input_tokens_above_1hr: 40,
      }),
    },
    reads: {
      usage: {
        inputTokens: 1000,
        cacheReadTokens: 600,
        cacheWriteTokens: 100,
        cacheWrite1hTokens: 40,
        outputTokens: 3,
      },
      cachedInput: 'included',
    },
  },
]
