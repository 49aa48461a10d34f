import { openEventStream } from '../wire/event-stream.ts'
import { asName, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { countCharacters } from './readers/characters.ts'
import { readFailure } from './readers/errors.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { deploymentOf } from './readers/paths.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

/** Nothing comes after `speech.audio.done`. */
const LAST_EVENTS = 2

/**
 * https://platform.openai.com/docs/api-reference/audio/createSpeech: the answer is audio, but the text is what is
 * billed.
 */
export const openaiSpeech: ApiFlavor = {
  name: 'openai-speech',
  provider: 'openai',
  endpoints: ['POST /audio/speech'],
  readRequest(request) {
    const body: JsonObject = (request.body && readDocument(request.body, ['model'])) ?? {}
    if (request.body !== undefined && !('input' in body)) return undefined
    return {
      operation: 'generate_content',
      outputType: 'speech',
      model: asName(body.model) ?? deploymentOf(request.path),
      characters: countCharacters(body.input),
    }
  },
  readResponse(response, request) {
    if (response.status >= 400) return readFailure(response, readDocument(response.body, []))
    const isText = /json|event-stream/.test(response.header('content-type') ?? '')
    return { usage: { characters: request.characters, ...(isText && readStreamUsage(response)) } }
  },
}

function readStreamUsage(response: Parameters<ApiFlavor['readResponse']>[0]): GenAiResponse['usage'] {
  const events = openEventStream(response)
  if (events === undefined) return readOpenAiUsage(readDocument(response.body, ['usage'])?.usage)
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    const usage = readOpenAiUsage(event.json()?.usage)
    if (usage !== undefined) return usage
  }
  return undefined
}
