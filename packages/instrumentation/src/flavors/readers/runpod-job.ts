import { asName, asNumber, asObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { inDollars } from './declared-cost.ts'
import { readJsonAnswer } from './json-answer.ts'

/** The state of a job. Jobs of public endpoints state their cost. */
export function readRunpodJob(response: ObservedResponse): GenAiResponse {
  return readJsonAnswer(response, readDocument(response.body, ['id', 'status', 'error']), (document) => ({
    id: asName(document.id),
    status: asName(document.status),
    declaredCost: inDollars(asNumber(asObject(document.output)?.cost)),
  }))
}
