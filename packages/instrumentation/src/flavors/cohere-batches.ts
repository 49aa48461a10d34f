import { asCount, asName, asObject } from '../wire/json.ts'
import { readBatchRequest } from './readers/batch-request.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.cohere.com/reference/create-batch. Creating a batch makes no inference yet. Its usage is in the batch
 * once that is completed, and is reported by the call that fetches it then.
 */
export const cohereBatches: ApiFlavor = {
  name: 'cohere-batches',
  provider: 'cohere',
  endpoints: [
    'POST /v2/batches',
    'GET *.cohere.com/v2/batches/{batch}',
    'GET *.cohere.ai/v2/batches/{batch}',
    'GET gateway.ai.cloudflare.com/{gateway...}/cohere/v2/batches/{batch}',
  ],
  readRequest: (request) => readBatchRequest(request, 'input_dataset_id'),
  readResponse: (response) =>
    readJsonAnswer(response, ['batch'], (document) => {
      const batch = asObject(document.batch) ?? {}
      return {
        id: asName(batch.id),
        model: asName(batch.model),
        status: asName(batch.status),
        usage:
          batch.status === 'BATCH_STATUS_COMPLETED'
            ? {
                inputTokens: asCount(batch.input_tokens),
                outputTokens: asCount(batch.output_tokens),
              }
            : undefined,
      }
    }),
}
