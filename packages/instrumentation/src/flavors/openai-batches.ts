import { asName } from '../wire/json.ts'
import { addUpAnswers } from './readers/batch-results.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readCompletion } from './readers/openai-choices.ts'
import { readDeclaredCost, readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** Every batch has one of these; OpenRouter's has the requests themselves. */
const MEMBERS = ['endpoint', 'input_file_id', 'requests']

/** xAI's `results[].batch_result.response.chat_get_completion`, or another member for other kinds of requests. */
const XAI_ANSWERS = { depth: 6, names: ['model', 'usage'] }

/**
 * https://platform.openai.com/docs/api-reference/batch. Creating a batch makes no inference yet. Its usage is in the
 * batch once that is completed, and is reported by the call that fetches it then. xAI's is in the results, which are
 * fetched page by page.
 */
export const openaiBatches: ApiFlavor = {
  name: 'openai-batches',
  provider: 'openai',
  endpoints: [
    'POST /v1/batches',
    // Azure's and Z.AI's.
    'POST /openai/batches',
    'POST /paas/v4/batches',
    'GET /v1/batches/batch_{batch...}',
    'GET /openai/batches/batch_{batch...}',
    'GET /paas/v4/batches/batch_{batch...}',
  ],
  readRequest(request) {
    if (request.method === 'GET') return { operation: 'fetch_batch_results', batch: true }
    const body = readRequestMembers(request)
    if (body !== undefined && !MEMBERS.some((name) => name in body)) return undefined
    return { operation: 'create_batch', batch: true }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['usage', 'model', 'id', 'status'], (document) => {
      const status = asName(document.status)
      const isDone = status === 'completed'
      return {
        id: asName(document.id),
        model: asName(document.model),
        status,
        usage: isDone ? readOpenAiUsage(document.usage) : undefined,
        declaredCost: isDone ? readDeclaredCost(response, document.usage) : undefined,
      }
    }),
  openSum: ({ operation }) =>
    operation === 'fetch_batch_results' ? addUpAnswers(XAI_ANSWERS, readCompletion) : undefined,
}
