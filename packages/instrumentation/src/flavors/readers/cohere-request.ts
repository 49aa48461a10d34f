import { asCount, asNames, asNumber, type JsonObject } from '../../wire/json.ts'
import type { RequestHead } from '../../wire/types.ts'
import type { GenAiRequest } from '../types.ts'
import { known } from './known.ts'
import { readSamplingParameters } from './openai-request.ts'

/** Members that Cohere's SDKs always send (`stream`), or that few other APIs have. */
const OWN = [
  'model',
  'stream',
  'chat_history',
  'preamble',
  'connectors',
  'documents',
  'temperature',
  'k',
  'p',
]

/**
 * A request to Cohere need not name a model. On another host, a request without any of these members may be for an
 * app's own chat.
 */
export function isCohere({ host }: RequestHead, body: JsonObject): boolean {
  return host.includes('cohere') || OWN.some((name) => name in body)
}

/** The parameters of generation, some of which have names of Cohere's own. */
export function readCohereParameters(body: JsonObject): Partial<GenAiRequest> {
  return {
    ...readSamplingParameters(body),
    ...known<Partial<GenAiRequest>>({
      choiceCount: asCount(body.num_generations),
      topP: asNumber(body.p),
      topK: asCount(body.k),
      stopSequences: asNames(body.stop_sequences) ?? asNames(body.end_sequences),
    }),
  }
}
