import type { JsonObject } from '../../wire/json.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { type Draft, known } from './known.ts'

/**
 * What an answer says that is one JSON object: an error too, and nothing else if the call failed.
 *
 * @param document the body; `undefined` if it isn't JSON.
 */
export function readJsonAnswer(
  response: ObservedResponse,
  document: JsonObject | undefined,
  read: (document: JsonObject) => Draft<GenAiResponse>,
): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  const answer = read(document)
  return known<GenAiResponse>({ ...answer, error: readError(response, document) ?? answer.error })
}
