import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'Experimental.Microsoft.Extensions.AI',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.response.input_tokens': 12,
      'gen_ai.response.output_tokens': 4,
    },
    reads: { role: 'call', usage: { inputTokens: 12, outputTokens: 4 } },
  },
  {
    scope: 'Microsoft.SemanticKernel.Diagnostics',
    attributes: {
      'gen_ai.operation.name': 'chat.completions',
      'gen_ai.system': 'openai',
      'gen_ai.response.prompt_tokens': 12,
      'gen_ai.response.completion_tokens': 4,
    },
    reads: { role: 'call', usage: { inputTokens: 12, outputTokens: 4 } },
  },
]
