import { asCount, asName, asNames, asNumber, asObject, type JsonObject } from '../../wire/json.ts'
import type { GenAiRequest } from '../types.ts'
import { known } from './known.ts'

/**
 * Google's APIs accept member names in either spelling, `max_output_tokens` or `maxOutputTokens`:
 * https://protobuf.dev/programming-guides/json/#field-representation
 */
export function inCamelCase(value: unknown): JsonObject {
  const object = asObject(value) ?? {}
  const names = Object.keys(object)
  if (!names.some((name) => name.includes('_'))) return object
  return Object.fromEntries(names.map((name) => [name.replace(/_[a-z]/g, capital), object[name]]))
}

function capital(letter: string): string {
  return letter.slice(1).toUpperCase()
}

/** The parameters of generation, in a request or in the set-up of a session. */
export function readGenerationConfig(body: JsonObject): Partial<GenAiRequest> {
  const { generationConfig, serviceTier } = inCamelCase(body)
  const config = inCamelCase(generationConfig)
  const thinking = inCamelCase(config.thinkingConfig)
  return known<Partial<GenAiRequest>>({
    choiceCount: asCount(config.candidateCount),
    maxTokens: asCount(config.maxOutputTokens),
    temperature: asNumber(config.temperature),
    topP: asNumber(config.topP),
    topK: asNumber(config.topK),
    frequencyPenalty: asNumber(config.frequencyPenalty),
    presencePenalty: asNumber(config.presencePenalty),
    seed: asNumber(config.seed),
    stopSequences: asNames(config.stopSequences),
    outputType: outputTypeOf(config),
    reasoningEffort: asName(thinking.thinkingLevel),
    serviceTier: asName(serviceTier),
  })
}

const JSON_TYPES = ['application/json', 'APPLICATION_JSON', 'text/x.enum']

/** The format has a member for each kind of output, https://ai.google.dev/api/generate-content#ResponseFormatConfig */
function outputTypeOf(config: JsonObject): string | undefined {
  const modalities = asNames(config.responseModalities)?.map((modality) => modality.toUpperCase())
  const format = inCamelCase(config.responseFormat)
  if (modalities?.includes('IMAGE') || 'image' in format) return 'image'
  if (modalities?.includes('AUDIO') || 'audio' in format) return 'speech'
  const type = asName(config.responseMimeType) ?? asName(inCamelCase(format.text).mimeType)
  if (type === undefined) return undefined
  return JSON_TYPES.includes(type) ? 'json' : 'text'
}
