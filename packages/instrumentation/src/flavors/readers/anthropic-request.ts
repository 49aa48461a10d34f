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
import type { RequestHead } from '../../wire/types.ts'
import type { GenAiRequest } from '../types.ts'
import { known } from './known.ts'

/** Every request to Anthropic's API names the version that it speaks. */
export function isVersioned({ header }: RequestHead): boolean {
  return header('anthropic-version') !== undefined
}

/** The parameters of a message or legacy completion request, wherever Claude is hosted. */
export function readAnthropicParameters(body: JsonObject): Partial<GenAiRequest> {
  const output = asObject(body.output_config)
  return known<Partial<GenAiRequest>>({
    model: asLabel(body.model),
    stream: asBoolean(body.stream),
    maxTokens: asCount(body.max_tokens) ?? asCount(body.max_tokens_to_sample),
    temperature: asNumber(body.temperature),
    topP: asNumber(body.top_p),
    topK: asCount(body.top_k),
    stopSequences: asNames(body.stop_sequences),
    outputType: (asObject(output?.format) ?? asObject(body.output_format)) ? 'json' : undefined,
    reasoningEffort: asName(output?.effort),
    serviceTier: asName(body.service_tier),
    previousResponseId: asName(asObject(body.thread)?.previous_message_id),
  })
}
