import { asName, asNumber, asObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { inDollars } from './declared-cost.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { known } from './known.ts'

/** The state of a job. Jobs of public endpoints state their cost. */
export function readRunpodJob(response: ObservedResponse): GenAiResponse {
  const document = readDocument(response.body, ['id', 'status', 'error'])
  if (isFailure(response, document)) return readFailure(response, document)
  return known<GenAiResponse>({
    id: asName(document.id),
    status: asName(document.status),
    declaredCost: inDollars(asNumber(asObject(document.output)?.cost)),
    error: readError(response, document),
  })
}
