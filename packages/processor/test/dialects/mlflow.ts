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
  // To 3.9 the model and the parts of the usage are in what went in and came out only.
  {
    attributes: {
      'mlflow.spanType': '"CHAT_MODEL"',
      'mlflow.spanInputs': json({ model: 'claude-sonnet-4-5', messages: [] }),
      'mlflow.spanOutputs': json({
        model: 'claude-sonnet-4-5-20250929',
        usage: {
          input_tokens: 300,
          cache_read_input_tokens: 600,
          cache_creation_input_tokens: 100,
          output_tokens: 3,
        },
      }),
      'mlflow.chat.tokenUsage': json({ input_tokens: 300, output_tokens: 3, total_tokens: 303 }),
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      requestModel: 'claude-sonnet-4-5',
      responseModel: 'claude-sonnet-4-5-20250929',
      usage: { inputTokens: 1000, cacheReadTokens: 600, cacheWriteTokens: 100, outputTokens: 3 },
    },
  },
  {
    attributes: {
      'mlflow.spanType': '"CHAT_MODEL"',
      metadata: json({ ls_provider: 'openai', ls_model_name: 'gpt-4o' }),
      'mlflow.spanOutputs': json({
        generations: [
          [
            {
              message: {
                usage_metadata: {
                  input_tokens: 100,
                  output_tokens: 5,
                  total_tokens: 105,
                  input_token_details: { cache_read: 80 },
                },
              },
            },
          ],
        ],
      }),
      'mlflow.chat.tokenUsage': json({ input_tokens: 100, output_tokens: 5, total_tokens: 105 }),
    },
    reads: {
      role: 'call',
      provider: 'openai',
      requestModel: 'gpt-4o',
      usage: { inputTokens: 100, cacheReadTokens: 80, outputTokens: 5 },
    },
  },
  {
    attributes: {
      'mlflow.spanType': '"AGENT"',
      'mlflow.spanInputs': json({ model: 'gpt-4o' }),
      'mlflow.spanOutputs': json({ usage: { input_tokens: 100, output_tokens: 5 } }),
    },
    reads: { role: 'step' },
  },
  {
    // By DSPy, above the calls of the model.
    name: 'Predict.forward',
    attributes: {
      'mlflow.spanType': '"LLM"',
      signature: '"question -> answer"',
      'mlflow.chat.tokenUsage': json({ input_tokens: 4039, output_tokens: 621, total_tokens: 4660 }),
    },
    reads: { role: 'step', usage: { inputTokens: 4039, outputTokens: 621 } },
  },
]
