import type { SpanView } from '../../otlp/types.ts'
import type { DialectReading, SpanRole } from '../types.ts'

const MISTRAL = 'mistralai_sdk'

/** Ours, those of Azure's SDKs for JavaScript and Python, OpenTelemetry's for Google's SDK, and that of Mistral's SDK. */
const scopes = [
  '@spanmeter/instrumentation',
  '@azure/ai-projects',
  'azure.core.tracing',
  'opentelemetry.instrumentation.google_genai',
  MISTRAL,
]

/** An agent that a provider hosts calls models there. No other span reports these calls, so the agent's span is billed. */
export function roleInHostedAgent(
  { scopeName }: SpanView,
  { operation, usage, host }: DialectReading,
): SpanRole | undefined {
  if (operation === 'invoke_agent' && usage !== undefined)
    return scopes.some((scope) => scopeName.startsWith(scope)) ? 'call' : undefined
  // Mistral's SDK also makes a span for each message of the answer, for which no request was made.
  return operation === 'chat' && host === undefined && scopeName.startsWith(MISTRAL) ? 'step' : undefined
}
