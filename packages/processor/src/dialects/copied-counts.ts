import type { SpanView } from '../otlp/types.ts'
import type { CachedInput, Dialect, DialectReading } from './types.ts'
import { text } from './values.ts'

/**
 * Emitters that write the conventions' names and copy under them what the provider counts: OpenTelemetry's for Bedrock,
 * Traceloop for JavaScript and for LlamaIndex, Microsoft's Agent Framework and AG2 for Python, Spring AI.
 * https://github.com/open-telemetry/opentelemetry-python-contrib/tree/main/instrumentation/opentelemetry-instrumentation-botocore
 */
export const copiedCounts: Dialect = {
  name: 'copied-counts',

  attributes: [],
  scopes: [
    'opentelemetry.instrumentation.botocore',
    'opentelemetry.instrumentation.genai.bedrock',
    '@traceloop/instrumentation-anthropic',
    'opentelemetry.instrumentation.llamaindex',
    'agent_framework',
    'opentelemetry.instrumentation.ag2',
    'org.springframework.boot',
  ],

  read(span): DialectReading {
    const cachedInput = countingOfProvider(span)
    return cachedInput === undefined ? {} : { cachedInput }
  },
}

/** Anthropic, wherever it is hosted, and Bedrock count cached tokens beside the input. */
export function countingOfProvider(span: SpanView): CachedInput | undefined {
  const provider = text(span, 'gen_ai.provider.name', 'gen_ai.system') ?? ''
  if (/anthropic|bedrock/i.test(provider)) return 'excluded'
  const hostsClaude = /vertex|foundry/i.test(provider)
  return hostsClaude && text(span, 'gen_ai.request.model')?.includes('claude') ? 'excluded' : undefined
}
