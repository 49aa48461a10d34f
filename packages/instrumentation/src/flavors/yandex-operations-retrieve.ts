import { asName, asObject } from '../wire/json.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readYandexResult } from './readers/yandex-result.ts'
import type { ApiFlavor } from './types.ts'

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
  readResponse: (response) =>
    asFetched(
      readJsonAnswer(response, ['done', 'response'], (document) => ({
        id: asName(document.id),
        ...readYandexResult(asObject(document.response) ?? {}),
      })),
    ),
}
