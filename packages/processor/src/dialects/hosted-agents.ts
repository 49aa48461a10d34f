import type { SpanView } from '../otlp/types.ts'
import type { DialectReading } from './types.ts'

/** Of ours, of Azure's SDKs for JavaScript and Python, and of OpenTelemetry's for Google's. */
const scopes = [
  '@spanmeter/instrumentation',
  '@azure/ai-projects',
  'azure.core.tracing',
  'opentelemetry.instrumentation.google_genai',
]

/** An agent that is invoked at its provider runs there, and nobody else tells of its calls of models. */
export function isHostedAgent({ scopeName }: SpanView, { operation, usage }: DialectReading): boolean {
  return (
    operation === 'invoke_agent' && usage !== undefined && scopes.some((scope) => scopeName.startsWith(scope))
  )
}
