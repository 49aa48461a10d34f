import { asName, asNames, asObject } from '../wire/json.ts'
import { readCohereUsage } from './readers/cohere-usage.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.cohere.com/reference/parse, billed by the page. */
export const cohereParse: ApiFlavor = {
  name: 'cohere-parse',
  provider: 'cohere',
  endpoints: ['POST /v2/parse'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('document' in body && 'model' in body)) return undefined
    return {
      operation: 'generate_content',
      outputType: 'text',
      model: asName(body?.model),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['meta', 'id', 'finish_reason'], (document) => ({
      id: asName(document.id),
      finishReasons: asNames(document.finish_reason),
      usage: readCohereUsage(asObject(document.meta)),
    })),
}
