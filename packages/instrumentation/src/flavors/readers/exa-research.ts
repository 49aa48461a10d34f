import { asName } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { known } from './known.ts'
import { readDeclaredCost } from './openai-usage.ts'

/** A research task, which states its cost once it has ended. */
export function readExaResearch(response: ObservedResponse): GenAiResponse {
  const document = readDocument(response.body, ['researchId', 'model', 'status', 'costDollars'])
  if (isFailure(response, document)) return readFailure(response, document)
  return known<GenAiResponse>({
    id: asName(document.researchId),
    model: asName(document.model),
    status: asName(document.status),
    declaredCost: readDeclaredCost(response, undefined, document),
    error: readError(response, document),
  })
}
