import { asName } from '../wire/json.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what volcengine-tasks has started: https://docs.byteplus.com/en/docs/ModelArk/1521309 */
export const volcengineTasksRetrieve: ApiFlavor = {
  name: 'volcengine-tasks-retrieve',
  provider: 'volcengine',
  endpoints: ['GET /contents/generations/tasks/{task}'],
  readRequest: readFetch,
  readResponse: (response) =>
    asFetched(
      readJsonAnswer(response, ['usage', 'model', 'id', 'status'], (document) => ({
        id: asName(document.id),
        model: asName(document.model),
        status: asName(document.status),
        usage: readOpenAiUsage(document.usage),
        serviceTier: asName(document.service_tier),
      })),
    ),
}
