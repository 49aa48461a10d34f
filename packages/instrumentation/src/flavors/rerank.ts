import { asCount, asLabel, asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readCohereUsage } from './readers/cohere-usage.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readDeclaredCost, readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

/**
 * Cohere's rerank, https://docs.cohere.com/reference/rerank, and those made after it: Voyage, Jina, Together, vLLM.
 * The conventions have no operation for it; a custom value is what they allow.
 */
export const rerank: ApiFlavor = {
  name: 'rerank',
  provider: 'cohere',
  matches: ({ method, path }) => method === 'POST' && path.endsWith('/rerank'),
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('query' in body) || !('documents' in body)) return undefined
    return { operation: 'rerank', ...known<Partial<GenAiRequest>>({ model: asLabel(body.model) }) }
  },
  readResponse(response) {
    const document = readDocument(response.body, ['usage', 'meta', 'model', 'id'])
    if (isFailure(response, document)) return readFailure(response, document)
    return known<GenAiResponse>({
      id: asName(document.id),
      model: asName(document.model),
      usage:
        readCohereUsage(document.meta) ?? readSearchUnits(document.usage) ?? readOpenAiUsage(document.usage),
      declaredCost: readDeclaredCost(response, document.usage),
      error: readError(response, document),
    })
  },
}

/** OpenRouter's way of it. */
function readSearchUnits(usage: unknown): GenAiResponse['usage'] {
  const searchUnits = asCount(asObject(usage)?.search_units)
  return searchUnits === undefined ? undefined : { searchUnits }
}
