import { asName } from '../wire/json.ts'
import { addUpAnswers } from './readers/batch-results.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readVercelResult } from './readers/vercel-result.ts'
import type { ApiFlavor } from './types.ts'

const START = '/ai/batch/start'
const RESULTS = '/ai/batch/results'

/** `{"id":"...","status":"succeeded","result":{...}}`, one a line. */
const ANSWERS = { depth: 2, names: ['usage', 'providerMetadata', 'response'] }

/**
 * Batches of the AI SDK through Vercel's AI Gateway, https://vercel.com/docs/ai-gateway. Starting one makes no
 * inference yet; the usage of its requests is in the results.
 */
export const vercelBatches: ApiFlavor = {
  name: 'vercel-batches',
  provider: 'vercel',
  endpoints: [`POST ${START}`, `POST ${RESULTS}`],
  readRequest: (request) => ({
    operation: request.path.endsWith(START) ? 'create_batch' : 'fetch_batch_results',
    batch: true,
    model: request.header('ai-model-id'),
  }),
  readResponse(response, { operation }) {
    if (operation === 'fetch_batch_results' && response.status < 400) return {}
    return readJsonAnswer(response, ['batchId', 'status'], (document) => ({
      id: asName(document.batchId),
      status: asName(document.status),
    }))
  },
  openSum: ({ operation }) =>
    operation === 'fetch_batch_results'
      ? addUpAnswers(ANSWERS, (_, result) => readVercelResult(result))
      : undefined,
}
