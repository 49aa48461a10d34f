import { asName, asObject } from '../wire/json.ts'
import { addUpAnswers } from './readers/batch-results.ts'
import { googleModelOf } from './readers/google-model.ts'
import { readGenerateContent } from './readers/google-response.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/** `response.inlinedResponses.inlinedResponses[].response`; the batch's metadata repeats them one level deeper. */
const ANSWERS = { depth: 6, names: ['modelVersion', 'usageMetadata', 'candidates'] }

/**
 * https://ai.google.dev/api/batch-api. Creating a batch makes no inference yet. Its usage is in the answers, which are
 * part of the batch once it is done, and is reported by the call that fetches it then. Answers in a file aren't seen:
 * they are fetched like any file.
 */
export const googleBatches: ApiFlavor = {
  name: 'google-batches',
  provider: 'gcp.gen_ai',
  endpoints: [
    'POST :batchGenerateContent',
    'POST :asyncBatchEmbedContent',
    'GET /v1beta/batches/{batch...}',
    'GET /v1alpha/batches/{batch...}',
  ],
  readRequest: (request) => ({
    operation: request.method === 'POST' ? 'create_batch' : 'fetch_batch_results',
    batch: true,
    model: googleModelOf(request.path),
  }),
  readResponse: (response) =>
    readJsonAnswer(response, ['metadata'], (document) => {
      const metadata = asObject(document.metadata)
      return {
        id: asName(document.name),
        model: asName(metadata?.model)?.replace(/^models\//, ''),
        status: asName(metadata?.state),
      }
    }),
  openSum: ({ operation }) =>
    operation === 'fetch_batch_results' ? addUpAnswers(ANSWERS, readGenerateContent) : undefined,
}
