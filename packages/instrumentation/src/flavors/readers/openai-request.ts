import {
  asBoolean,
  asCount,
  asLabel,
  asName,
  asNames,
  asNumber,
  asObject,
  type JsonObject,
} from '../../wire/json.ts'
import type { GenAiRequest } from '../types.ts'
import { known } from './known.ts'

/** The sampling parameters, under the names that OpenAI gave them and most others have adopted. */
export function readSamplingParameters(body: JsonObject): Partial<GenAiRequest> {
  return known<Partial<GenAiRequest>>({
    model: asLabel(body.model),
    stream: asBoolean(body.stream),
    choiceCount: asCount(body.n),
    maxTokens:
      asCount(body.max_completion_tokens) ?? asCount(body.max_tokens) ?? asCount(body.max_output_tokens),
    temperature: asNumber(body.temperature),
    topP: asNumber(body.top_p),
    topK: asCount(body.top_k),
    frequencyPenalty: asNumber(body.frequency_penalty),
    presencePenalty: asNumber(body.presence_penalty),
    seed: asNumber(body.seed) ?? asNumber(body.random_seed),
    stopSequences: asNames(body.stop),
    outputType: outputTypeOf(body),
    reasoningEffort: asName(body.reasoning_effort) ?? asName(asObject(body.reasoning)?.effort),
    serviceTier: asName(body.service_tier),
    searchContextSize: asName(asObject(body.web_search_options)?.search_context_size),
  })
}

/** A stream states its usage in an additional chunk, and only on request. */
export function readStreamUsageRequested(body: JsonObject): Pick<GenAiRequest, 'streamUsageRequested'> {
  if (body.stream !== true) return {}
  return { streamUsageRequested: asObject(body.stream_options)?.include_usage === true }
}

/** `gen_ai.output.type`: `json` for both of JSON mode and JSON schema. */
function outputTypeOf(body: JsonObject): string | undefined {
  const format = asObject(body.response_format) ?? asObject(asObject(body.text)?.format)
  const type = asName(format?.type)
  if (type === undefined) return outputTypeOfModalities(body.modalities)
  if (type.startsWith('json')) return 'json'
  return type === 'text' ? (outputTypeOfModalities(body.modalities) ?? 'text') : undefined
}

/** `["text", "audio"]`: what is wanted besides text. */
function outputTypeOfModalities(value: unknown): string | undefined {
  const modalities = asNames(value)
  if (modalities?.includes('audio')) return 'speech'
  return modalities?.includes('image') ? 'image' : undefined
}
