import { asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { known } from './readers/known.ts'
import { readYandexResult } from './readers/yandex-result.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

/**
 * Fetches what yandex-completion has started in the background,
 * https://yandex.cloud/en/docs/ai-studio/operations/generation/async-request: only at the models' own host, as the
 * other host has the operations of all of Yandex Cloud.
 */
export const yandexOperationsRetrieve: ApiFlavor = {
  name: 'yandex-operations-retrieve',
  provider: 'yandex',
  endpoints: ['GET llm.api.cloud.yandex.net/operations/{operation}'],
  readRequest: readFetch,
  readResponse(response) {
    const document = readDocument(response.body, ['done', 'response'])
    if (isFailure(response, document)) return readFailure(response, document)
    return asFetched(
      known<GenAiResponse>({
        id: asName(document.id),
        ...readYandexResult(asObject(document.response) ?? {}),
        error: readError(response, document),
      }),
    )
  },
}
