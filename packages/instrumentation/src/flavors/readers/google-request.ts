import { asCount, asName, asNames, asNumber, asObject, type JsonObject } from '../../wire/json.ts'
import type { GenAiRequest } from '../types.ts'
import { known } from './known.ts'

/** The parameters of generation, in a request or in the set-up of a session. */
export function readGenerationConfig(body: JsonObject): Partial<GenAiRequest> {
  const config = asObject(body.generationConfig) ?? asObject(body.generation_config) ?? {}
  const thinking = asObject(config.thinkingConfig) ?? {}
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
    serviceTier: asName(body.serviceTier),
  })
}

function outputTypeOf(config: JsonObject): string | undefined {
  const modalities = asNames(config.responseModalities)?.map((modality) => modality.toUpperCase())
  if (modalities?.includes('IMAGE')) return 'image'
  if (modalities?.includes('AUDIO')) return 'speech'
  const type = asName(config.responseMimeType)
  if (type === undefined) return undefined
  return type === 'application/json' || type === 'text/x.enum' ? 'json' : 'text'
}
