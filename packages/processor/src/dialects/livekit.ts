import type { SpanView } from '../otlp/types.ts'
import { roleOfOperation } from './readers/operations.ts'
import { readRawUsage } from './readers/raw-usage.ts'
import {
  asCount,
  asNumber,
  asObject,
  asText,
  count,
  type JsonObject,
  known,
  object,
  text,
} from './readers/values.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'

/**
 * LiveKit Agents: the metrics of a call as JSON (in camel case from the JavaScript SDK), which have more than the attributes
 * under the conventions' names. Spans of nodes and attempts around a request name its model, too.
 * https://docs.livekit.io/agents/build/metrics/
 */
export const liveKit: Dialect = {
  name: 'livekit',

  attributes: ['lk.llm_metrics', 'lk.realtime_model_metrics', 'lk.tts_metrics'],
  scopes: ['livekit-agents'],

  read(span): DialectReading {
    const model = object(span, 'lk.llm_metrics') ?? object(span, 'lk.realtime_model_metrics')
    const speech = object(span, 'lk.tts_metrics')
    const metrics = model ?? speech
    if (metrics === undefined) return { role: roleWithoutMetrics(span) }
    const metadata = asObject(metrics.metadata)
    const provider = asText(metadata?.model_provider ?? metadata?.modelProvider)
    const raw = readRawUsage(metrics)
    const characters =
      speech === undefined ? undefined : asCount(speech.characters_count ?? speech.charactersCount)
    return known<DialectReading>({
      ...raw,
      role: 'call',
      operation: speech === undefined ? undefined : 'text_to_speech',
      provider,
      // For an API that many providers speak, the host is stated as the provider.
      host: provider?.includes('.') === true ? provider : undefined,
      requestModel: asText(metadata?.model_name ?? metadata?.modelName),
      timeToFirstChunkSeconds: firstChunkSeconds(metrics),
      usage: characters === undefined ? raw.usage : { ...raw.usage, characters },
    })
  },
}

/** Nodes that call a model themselves, and decisions, have only the conventions' names. */
function roleWithoutMetrics(span: SpanView): SpanRole {
  if (/^(llm|tts)_request$/.test(span.name)) return 'call'
  const isStep = roleOfOperation(text(span, 'gen_ai.operation.name')) === 'step'
  return isStep || count(span, 'gen_ai.usage.input_tokens') === undefined ? 'step' : 'call'
}

/** `undefined` for a negative time, which stands for no chunk at all. */
function firstChunkSeconds(metrics: JsonObject): number | undefined {
  const milliseconds = asNumber(metrics.ttftMs ?? metrics.ttfbMs)
  const seconds =
    asNumber(metrics.ttft ?? metrics.ttfb) ?? (milliseconds === undefined ? undefined : milliseconds / 1000)
  return seconds !== undefined && seconds >= 0 ? seconds : undefined
}
