import { openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asNames, asNumber, asObject, type JsonObject } from '../wire/json.ts'
import { readGoogleContent } from './content/google-content.ts'
import { googleModelOf } from './readers/google-model.ts'
import { readGenerateContentBody, readGenerateContentStream } from './readers/google-response.ts'
import { known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/** https://ai.google.dev/api/generate-content, the same on AI Studio and on Vertex AI. */
export const googleGenerateContent: ApiFlavor = {
  name: 'google-generate-content',
  provider: 'gcp.gen_ai',
  endings: ['generateContent', 'streamGenerateContent'],
  matches: ({ method, path }) =>
    method === 'POST' && (path.endsWith(':generateContent') || path.endsWith(':streamGenerateContent')),
  readRequest(request) {
    const body = readRequestMembers(request)
    return known<GenAiRequest>({
      operation: 'generate_content',
      // Code Assist (`/v1internal:generateContent`) names the model in the body, around the request.
      model: googleModelOf(request.path) ?? asName(body?.model),
      stream: request.path.endsWith(':streamGenerateContent') ? true : undefined,
      ...(body && readGenerationConfig(asObject(body.request) ?? body)),
    }) as GenAiRequest
  },
  readResponse(response, { choiceCount }) {
    const events = openEventStream(response)
    if (events !== undefined) return readGenerateContentStream(response, events, choiceCount)
    return readGenerateContentBody(response)
  },
  readContent: readGoogleContent,
}

function readGenerationConfig(body: JsonObject): Partial<GenAiRequest> {
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
