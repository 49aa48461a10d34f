import { openEventStream } from '../wire/event-stream.ts'
import {
  asBoolean,
  asCount,
  asName,
  asNames,
  asNumber,
  asObject,
  type JsonObject,
  objectsIn,
} from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readInteraction, readInteractionStream } from './readers/google-interaction.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** A long answer is continued by a token, without repeating the input. */
const INPUTS = ['input', 'continuation_token']

/** https://ai.google.dev/gemini-api/docs/interactions */
export const googleInteractions: ApiFlavor = {
  name: 'google-interactions',
  provider: 'gcp.gen_ai',
  endpoints: ['POST /interactions'],
  readRequest(request) {
    const body = readRequestMembers(request, ['agent', 'background', 'service_tier'])
    if (body === undefined) return { operation: 'generate_content' }
    if (!INPUTS.some((name) => name in body) || (!('model' in body) && !('agent' in body))) return undefined
    const config = asObject(body.generation_config) ?? {}
    return {
      operation: 'generate_content',
      model: asName(body.model) ?? asName(body.agent),
      stream: asBoolean(body.stream),
      background: asBoolean(body.background),
      maxTokens: asCount(config.max_output_tokens),
      temperature: asNumber(config.temperature),
      topP: asNumber(config.top_p),
      seed: asNumber(config.seed),
      reasoningEffort: asName(config.thinking_level),
      previousResponseId: asName(body.previous_interaction_id),
      serviceTier: asName(body.service_tier),
      stopSequences: asNames(config.stop_sequences),
      outputType: outputTypeOf(body),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return readInteractionStream(response, events)
    return readInteraction(
      response,
      readDocument(response.body, ['usage', 'model', 'id', 'status', 'service_tier']),
    )
  },
}

/** A format names its type; one without is a JSON schema. */
function outputTypeOf(body: JsonObject): string | undefined {
  const formats = objectsIn([body.response_format].flat())
  const kinds = [...(asNames(body.response_modalities) ?? []), ...formats.map(({ type }) => type)]
  if (kinds.includes('image')) return 'image'
  if (kinds.includes('audio')) return 'speech'
  const [format] = formats
  if (format === undefined || format.type === 'video') return undefined
  return format.mime_type === 'text/plain' ? 'text' : 'json'
}
