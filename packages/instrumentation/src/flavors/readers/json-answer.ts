import type { JsonObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { ResponseDraft } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'

type ReadObject = (document: JsonObject) => ResponseDraft

/**
 * What an answer says that is one JSON object: an error too, and nothing else if the call failed.
 *
 * @param trailing as of {@link readDocument}.
 */
export function readJsonAnswer(
  response: ObservedResponse,
  trailing: readonly string[],
  read: ReadObject,
): ResponseDraft {
  return readAnswerIn(response, readDocument(response.body, trailing), read)
}

/**
 * As {@link readJsonAnswer}, for an object that isn't the whole body.
 *
 * @param document `undefined` if there is none.
 */
export function readAnswerIn(
  response: ObservedResponse,
  document: JsonObject | undefined,
  read: ReadObject,
): ResponseDraft {
  if (isFailure(response, document)) return readFailure(response, document)
  const answer = read(document)
  return { ...answer, error: readError(response, document) ?? answer.error }
}
