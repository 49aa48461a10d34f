import { count, known, knownUsage } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * Microsoft Semantic Kernel and Microsoft.Extensions.AI: `gen_ai.*` of early versions of the conventions, with the usage
 * under `gen_ai.response`.
 * https://learn.microsoft.com/en-us/semantic-kernel/concepts/enterprise-readiness/observability/
 */
export const semanticKernel: Dialect = {
  name: 'semantic-kernel',

  attributes: [
    'gen_ai.response.prompt_tokens',
    'gen_ai.response.completion_tokens',
    'gen_ai.response.input_tokens',
    'gen_ai.response.output_tokens',
  ],
  scopes: ['Microsoft.SemanticKernel', 'semantic_kernel'],

  read: (span): DialectReading =>
    known<DialectReading>({
      usage: knownUsage({
        inputTokens: count(span, 'gen_ai.response.prompt_tokens', 'gen_ai.response.input_tokens'),
        outputTokens: count(span, 'gen_ai.response.completion_tokens', 'gen_ai.response.output_tokens'),
      }),
    }),
}
