import { asName } from '../wire/json.ts'
import { readBatchRequest } from './readers/batch-request.ts'
import { addUpAnswers } from './readers/batch-results.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readCompletion } from './readers/openai-choices.ts'
import type { ApiFlavor } from './types.ts'

/** `outputs[].response.body`. */
const ANSWERS = { depth: 5, names: ['model', 'usage'] }

/**
 * https://docs.mistral.ai/api/endpoint/batch. Creating a job makes no inference yet. Its usage is in the answers, which
 * are part of the job, if requested, once it is done. Answers in a file aren't seen: they are fetched like any file.
 */
export const mistralBatches: ApiFlavor = {
  name: 'mistral-batches',
  provider: 'mistral_ai',
  endpoints: [
    'POST /v1/batch/jobs',
    'GET *.mistral.ai/v1/batch/jobs/{job}',
    'GET gateway.ai.cloudflare.com/{gateway...}/mistral/v1/batch/jobs/{job}',
  ],
  readRequest: (request) => readBatchRequest(request, 'endpoint'),
  readResponse: (response) =>
    readJsonAnswer(response, ['status', 'model'], (document) => ({
      id: asName(document.id),
      model: asName(document.model),
      status: asName(document.status),
    })),
  openSum: ({ operation }) =>
    operation === 'fetch_batch_results' ? addUpAnswers(ANSWERS, readCompletion) : undefined,
}
