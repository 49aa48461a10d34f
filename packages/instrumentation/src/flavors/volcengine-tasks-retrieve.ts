import { asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { known } from './readers/known.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

/** Fetches what volcengine-tasks has started: https://docs.byteplus.com/en/docs/ModelArk/1521309 */
export const volcengineTasksRetrieve: ApiFlavor = {
  name: 'volcengine-tasks-retrieve',
  provider: 'volcengine',
  endpoints: ['GET /contents/generations/tasks/{task}'],
  readRequest: readFetch,
  readResponse(response) {
    const document = readDocument(response.body, ['usage', 'model', 'id', 'status'])
    if (isFailure(response, document)) return readFailure(response, document)
    return asFetched(
      known<GenAiResponse>({
        id: asName(document.id),
        model: asName(document.model),
        status: asName(document.status),
        usage: readOpenAiUsage(document.usage),
        serviceTier: asName(document.service_tier),
        error: readError(response, document),
      }),
    )
  },
}
