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

/** An emitter, and where its counts differ from the provider's. */
interface Emitter {
  /** The beginning of its scope. */
  readonly scope: string
  /** Whether the input includes cached tokens, if not as the provider counts. */
  readonly cachedInput?: (span: SpanView) => CachedInput | undefined
  /** Whether the output leaves out thoughts. */
  readonly lacksThoughts?: (span: SpanView) => boolean
  /** Whether its counts are sums over the chunks of a stream, each of which has those of all before it. */
  readonly sumsChunks?: (span: SpanView) => boolean
  /** Whether a span of a chat is of a request for which no provider bills. */
  readonly isFree?: (span: SpanView) => boolean
}

const emitters: readonly Emitter[] = [
  // OpenTelemetry's for Bedrock: https://github.com/open-telemetry/opentelemetry-python-contrib/tree/main/instrumentation/opentelemetry-instrumentation-botocore
  { scope: 'opentelemetry.instrumentation.botocore' },
  { scope: 'opentelemetry.instrumentation.genai.bedrock' },
  { scope: '@opentelemetry/instrumentation-aws-sdk' },
  // OpenTelemetry's for Google, of whose Interactions API the output leaves out thoughts: https://ai.google.dev/api/interactions-api
  {
    scope: 'opentelemetry.instrumentation.google_genai',
    lacksThoughts: isInteraction,
    // The versions that name the function.
    sumsChunks: (span) => text(span, 'code.function.name')?.endsWith('_stream') === true,
  },
  // OpenTelemetry's for Portkey's gateway, which adds cached tokens to Bedrock's input, but not to Anthropic's.
  {
    scope: 'opentelemetry.instrumentation.genai.portkey',
    cachedInput: (span) => (/bedrock/.test(providerOf(span)) ? 'included' : countingOfProvider(span)),
  },
  // Traceloop's: https://github.com/traceloop/openllmetry
  { scope: '@traceloop/instrumentation-anthropic' },
  { scope: '@traceloop/instrumentation-google-generativeai', lacksThoughts: () => true },
  { scope: 'opentelemetry.instrumentation.llamaindex' },
  // https://github.com/agentscope-ai/agentscope
  { scope: 'agentscope' },
  // Spring AI: https://docs.spring.io/spring-ai/reference/observability/
  { scope: 'org.springframework.boot' },
  // Microsoft's Agent Framework for Python. Laminar's `reasoning_tokens` shows that the output includes thoughts.
  {
    scope: 'agent_framework',
    lacksThoughts: (span) =>
      span.attribute('gen_ai.usage.reasoning_tokens') === undefined && countsThoughtsBeside(span),
  },
  // Microsoft.Extensions.AI: Anthropic's SDK for .NET includes cached tokens, and Bedrock's doesn't report them.
  {
    scope: 'Experimental.Microsoft.',
    cachedInput: () => undefined,
    lacksThoughts: (span) => /vertex/i.test(providerOf(span)),
  },
  // agentgateway includes cached tokens since 1.5: https://github.com/agentgateway/agentgateway/pull/2880
  {
    scope: 'agentgateway',
    cachedInput: (span) => (isSince(span, 1, 5) ? 'included' : countingOfProvider(span)),
    isFree: (span) => /[/:](count_tokens|countTokens)(\?|$)/.test(text(span, 'url.path', 'http.path') ?? ''),
  },
  // Envoy's AI gateway names no provider, but its finish reasons are those of the API that the app speaks.
  {
    scope: 'envoyproxy/ai-gateway',
    cachedInput: (span) => (speaksAnthropic(span) ? 'excluded' : undefined),
  },
  // Grafana's SDKs state that they count as the conventions do. Their first versions did so only for frameworks' counts.
  {
    scope: 'github.com/grafana/sigil',
    cachedInput(span) {
      if (text(span, 'gen_ai.token.semantics') === 'inclusive') return 'included'
      return isOfFramework(span.shape) ? undefined : countingOfProvider(span)
    },
  },
  // Paid. Spans of other operations are from frameworks, which may include cached tokens.
  {
    scope: 'paid.',
    cachedInput: (span) =>
      text(span, 'gen_ai.operation.name') === 'messages' ? countingOfProvider(span) : undefined,
  },
]

/**
 * Rig, which has the app's scope, by its `target`, in which Rust's tracing names the module. Versions that name cached tokens as
 * the conventions do copy Claude's counts. Since 0.43, which is recognized by the provider's request id, they are included.
 */
const rig: Omit<Emitter, 'scope'> = {
  cachedInput(span) {
    if (span.attribute('rig.provider_request_id') !== undefined) return undefined
    if (span.attribute('gen_ai.usage.cache_read.input_tokens') === undefined) return undefined
    // Calls of agents name no provider.
    const isOfClaude = text(span, 'gen_ai.response.model')?.startsWith('claude') === true
    return isOfClaude || providerOf(span) === 'anthropic' ? 'excluded' : undefined
  },
}

/** Emitters that write the provider's counts under the conventions' names, unchanged or nearly so. */
export const copiedCounts: Dialect = {
  name: 'copied-counts',

  attributes: ['target'],
  scopes: emitters.map(({ scope }) => scope),

  read(span): DialectReading {
    const emitter = emitterOf(span.scopeName) ?? (isOfRig(span) ? rig : undefined)
    if (emitter === undefined) return {}
    const { cachedInput = countingOfProvider, lacksThoughts, isFree } = emitter
    return known<DialectReading>({
      role: isFree?.(span) === true ? 'step' : undefined,
      cachedInput: cachedInput(span),
      usage: lacksThoughts?.(span) === true ? outputWithThoughts(span) : undefined,
    })
  },

  correct(reading, span): void {
    if (emitterOf(span.scopeName)?.sumsChunks?.(span) === true) delete reading.usage
  },
}

const emitterOf = byText((scopeName) => emitters.find(({ scope }) => scopeName.startsWith(scope)))

function isOfRig(span: SpanView): boolean {
  return text(span, 'target')?.startsWith('rig::') === true
}

function isInteraction(span: SpanView): boolean {
  return text(span, 'gen_ai.operation.name') === 'interactions.create'
}

function isSince(span: SpanView, sinceMajor: number, sinceMinor: number): boolean {
  const version = asText(span.resource.attributes.get('service.version')) ?? ''
  const [major = 0, minor = 0] = (/^v?(\d+)\.(\d+)\./.exec(version) ?? []).slice(1).map(Number)
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor)
}

function speaksAnthropic(span: SpanView): boolean {
  const reasons = span.attribute('gen_ai.response.finish_reasons')
  return Array.isArray(reasons) && /^(end_turn|tool_use|max_tokens|stop_sequence)$/.test(String(reasons[0]))
}

const isOfFramework = hasPrefix('sigil.framework.', 'agento11y.framework.')
