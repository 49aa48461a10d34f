import { asName } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { readJsonAnswer } from './json-answer.ts'
import { readDeclaredCost } from './openai-usage.ts'

/** A research task, which states its cost once it has ended. */
export function readExaResearch(response: ObservedResponse): GenAiResponse {
  return readJsonAnswer(
    response,
    readDocument(response.body, ['researchId', 'model', 'status', 'costDollars']),
    (document) => ({
      id: asName(document.researchId),
      model: asName(document.model),
      status: asName(document.status),
      declaredCost: readDeclaredCost(response, undefined, document),
    }),
  )
}
