import type { SpanView } from '../../otlp/types.ts'
import type { DialectReading, SpanRole } from '../types.ts'

const MISTRAL = 'mistralai_sdk'

/** Of ours, of Azure's SDKs for JavaScript and Python, of OpenTelemetry's for Google's, and of Mistral's own. */
const scopes = [
  '@spanmeter/instrumentation',
  '@azure/ai-projects',
  'azure.core.tracing',
  'opentelemetry.instrumentation.google_genai',
  MISTRAL,
]

/** An agent that is invoked at its provider runs there, and nobody else tells of its calls of models. */
export function roleInHostedAgent(
  { scopeName }: SpanView,
  { operation, usage, host }: DialectReading,
): SpanRole | undefined {
  if (operation === 'invoke_agent' && usage !== undefined)
    return scopes.some((scope) => scopeName.startsWith(scope)) ? 'call' : undefined
  // Each message of the answer is a span too, of which no request was made.
  return operation === 'chat' && host === undefined && scopeName.startsWith(MISTRAL) ? 'step' : undefined
}
