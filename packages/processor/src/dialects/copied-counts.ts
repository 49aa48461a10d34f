import { byText } from '../otlp/by-text.ts'
import { hasPrefix } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import {
  countingOfProvider,
  countsThoughtsBeside,
  outputWithThoughts,
  providerOf,
} from './readers/provider-counts.ts'
import { asText, known, text } from './readers/values.ts'
import type { CachedInput, Dialect, DialectReading } from './types.ts'

const GRAFANA = 'github.com/grafana/sigil'
const AGENT_FRAMEWORK = 'agent_framework'
const AGENTGATEWAY = 'agentgateway'
const ENVOY = 'envoyproxy/ai-gateway'
const PORTKEY = 'opentelemetry.instrumentation.genai.portkey'
const TRACELOOP_GOOGLE = '@traceloop/instrumentation-google-generativeai'
const DOTNET = 'Experimental.Microsoft.'
const PAID = 'paid.'

const scopes = [
  'opentelemetry.instrumentation.botocore',
  'opentelemetry.instrumentation.genai.bedrock',
  '@opentelemetry/instrumentation-aws-sdk',
  '@traceloop/instrumentation-anthropic',
  TRACELOOP_GOOGLE,
  'opentelemetry.instrumentation.google_genai',
  'opentelemetry.instrumentation.llamaindex',
  AGENT_FRAMEWORK,
  'org.springframework.boot',
  AGENTGATEWAY,
  ENVOY,
  PORTKEY,
  GRAFANA,
  DOTNET,
  PAID,
]

/**
 * Emitters that write the provider's counts, unchanged, under the conventions' names: OpenTelemetry's instrumentations of
 * Bedrock, of Portkey and of Google's Interactions API, Traceloop's for JavaScript and of LlamaIndex, Microsoft's Agent
 * Framework for Python, Spring AI, agentgateway, Envoy's AI gateway, Grafana's AI Observability; Microsoft.Extensions.AI for
 * Vertex AI; Rig and Paid for Claude.
 * https://github.com/open-telemetry/opentelemetry-python-contrib/tree/main/instrumentation/opentelemetry-instrumentation-botocore
 */
export const copiedCounts: Dialect = {
  name: 'copied-counts',

  // Rig's spans have the app's scope. They are recognized by their `target`, in which Rust's tracing names the module.
  attributes: ['target'],
  scopes,

  read(span): DialectReading {
    if (!isListed(span.scopeName)) return isOfRig(span) ? known({ cachedInput: countingOfRig(span) }) : {}
    const cachedInput = countingOf(span)
    const usage = thoughtsStandBeside(span) ? outputWithThoughts(span) : undefined
    return known<DialectReading>({ role: countsTokens(span) ? 'step' : undefined, cachedInput, usage })
  },
}

const isListed = byText((scopeName) => scopes.some((scope) => scopeName.startsWith(scope)))

function countingOf(span: SpanView): CachedInput | undefined {
  if (span.scopeName.startsWith(GRAFANA)) return countingOfGrafana(span)
  if (span.scopeName === ENVOY) return speaksAnthropic(span) ? 'excluded' : undefined
  if (span.scopeName.startsWith(AGENTGATEWAY) && addsUp(span)) return 'included'
  // Anthropic's SDK for .NET includes cached tokens, and Bedrock's doesn't report them.
  if (span.scopeName.startsWith(DOTNET)) return undefined
  // Paid's other spans are from frameworks, which may include cached tokens.
  if (span.scopeName.startsWith(PAID) && text(span, 'gen_ai.operation.name') !== 'messages') return undefined
  // Portkey's gateway adds cached tokens to Bedrock's input, but not to Anthropic's.
  if (span.scopeName === PORTKEY && /bedrock/.test(providerOf(span))) return 'included'
  return countingOfProvider(span)
}

/** agentgateway includes cached tokens since 1.5: https://github.com/agentgateway/agentgateway/pull/2880 */
function addsUp(span: SpanView): boolean {
  const version = asText(span.resource.attributes.get('service.version')) ?? ''
  const [, major = 0, minor = 0] = /^v?(\d+)\.(\d+)\./.exec(version) ?? []
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 5)
}

/** Whether a request only counts tokens, for which no provider bills: agentgateway calls that `chat`, too. */
function countsTokens(span: SpanView): boolean {
  if (!span.scopeName.startsWith(AGENTGATEWAY)) return false
  return /[/:](count_tokens|countTokens)(\?|$)/.test(text(span, 'url.path', 'http.path') ?? '')
}

/** Envoy's gateway names no provider, but its finish reasons are those of the API that the app speaks. */
function speaksAnthropic(span: SpanView): boolean {
  const reasons = span.attribute('gen_ai.response.finish_reasons')
  return Array.isArray(reasons) && /^(end_turn|tool_use|max_tokens|stop_sequence)$/.test(String(reasons[0]))
}

/** Grafana's SDKs state that they count as the conventions do. Their first versions did so only for frameworks' counts. */
function countingOfGrafana(span: SpanView): CachedInput | undefined {
  if (text(span, 'gen_ai.token.semantics') === 'inclusive') return 'included'
  return isOfFramework(span.shape) ? undefined : countingOfProvider(span)
}

const isOfFramework = hasPrefix('sigil.framework.', 'agento11y.framework.')

/** Whether the output leaves out thoughts. For interactions: https://ai.google.dev/api/interactions-api */
function thoughtsStandBeside(span: SpanView): boolean {
  if (text(span, 'gen_ai.operation.name') === 'interactions.create') return true
  if (span.scopeName === TRACELOOP_GOOGLE) return true
  if (span.scopeName.startsWith(DOTNET)) return /vertex/i.test(providerOf(span))
  // Laminar adds thoughts to the output, and is recognized by this name.
  const areAdded = span.attribute('gen_ai.usage.reasoning_tokens') !== undefined
  return span.scopeName === AGENT_FRAMEWORK && !areAdded && countsThoughtsBeside(span)
}

function isOfRig(span: SpanView): boolean {
  return text(span, 'target')?.startsWith('rig::') === true
}

/**
 * Versions of Rig that name cached tokens as the conventions do copy Claude's counts. Since 0.43, which is recognized by the
 * provider's request id, they include cached tokens.
 */
function countingOfRig(span: SpanView): CachedInput | undefined {
  if (span.attribute('rig.provider_request_id') !== undefined) return undefined
  if (span.attribute('gen_ai.usage.cache_read.input_tokens') === undefined) return undefined
  // Calls of agents name no provider.
  const isOfClaude = text(span, 'gen_ai.response.model')?.startsWith('claude') === true
  return isOfClaude || providerOf(span) === 'anthropic' ? 'excluded' : undefined
}
