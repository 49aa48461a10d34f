import type { Usage } from '@spanmeter/pricing'
import { byShape } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import type { CachedInput, Dialect, DialectReading } from './types.ts'
import { count, known, text } from './values.ts'

const GRAFANA = 'github.com/grafana/sigil'

/**
 * Emitters that write the conventions' names and copy under them what the provider counts: OpenTelemetry's for Bedrock,
 * Traceloop for JavaScript and for LlamaIndex, Microsoft's Agent Framework and AG2 for Python, Spring AI, agentgateway,
 * Grafana's AI Observability; OpenTelemetry's for Google's Interactions API.
 * https://github.com/open-telemetry/opentelemetry-python-contrib/tree/main/instrumentation/opentelemetry-instrumentation-botocore
 */
export const copiedCounts: Dialect = {
  name: 'copied-counts',

  attributes: [],
  scopes: [
    'opentelemetry.instrumentation.botocore',
    'opentelemetry.instrumentation.genai.bedrock',
    '@traceloop/instrumentation-anthropic',
    'opentelemetry.instrumentation.google_genai',
    'opentelemetry.instrumentation.llamaindex',
    'agent_framework',
    'opentelemetry.instrumentation.ag2',
    'org.springframework.boot',
    'agentgateway',
    GRAFANA,
  ],

  read(span): DialectReading {
    const cachedInput = span.scopeName.startsWith(GRAFANA)
      ? countingOfGrafana(span)
      : countingOfProvider(span)
    return known<DialectReading>({ cachedInput, usage: interactionUsage(span) })
  },
}

/** Grafana's SDKs say so where they count as the conventions do; the first ones did only where a framework counted. */
function countingOfGrafana(span: SpanView): CachedInput | undefined {
  if (text(span, 'gen_ai.token.semantics') === 'inclusive') return 'included'
  return isOfFramework(span.shape) ? undefined : countingOfProvider(span)
}

const isOfFramework = byShape(({ names }) =>
  names.some((name) => name.startsWith('sigil.framework.') || name.startsWith('agento11y.framework.')),
)

/** Of an interaction Google counts thoughts beside the output: https://ai.google.dev/api/interactions-api */
function interactionUsage(span: SpanView): Usage | undefined {
  if (text(span, 'gen_ai.operation.name') !== 'interactions.create') return undefined
  const output = count(span, 'gen_ai.usage.output_tokens')
  const thoughts = count(span, 'gen_ai.usage.reasoning.output_tokens')
  return output === undefined || thoughts === undefined ? undefined : { outputTokens: output + thoughts }
}

/** Anthropic, wherever it is hosted, and Bedrock count cached tokens beside the input. */
export function countingOfProvider(span: SpanView): CachedInput | undefined {
  const provider = text(span, 'gen_ai.provider.name', 'gen_ai.system') ?? ''
  if (/anthropic|bedrock/i.test(provider)) return 'excluded'
  const hostsClaude = /vertex|foundry|azure/i.test(provider)
  return hostsClaude && text(span, 'gen_ai.request.model')?.includes('claude') ? 'excluded' : undefined
}
