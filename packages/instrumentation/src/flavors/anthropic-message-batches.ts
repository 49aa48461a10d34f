import { asName } from '../wire/json.ts'
import { readMessage } from './readers/anthropic-message.ts'
import { addUpAnswers } from './readers/batch-results.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/** `{"custom_id":"...","result":{"type":"succeeded","message":{...}}}`, one a line. */
const MESSAGES = { depth: 3, names: ['model', 'usage'] }

/**
 * https://platform.claude.com/docs/en/api/creating-message-batches. Creating a batch makes no inference yet. The usage
 * of its messages is in the results, and is reported by the call that fetches them.
 */
export const anthropicMessageBatches: ApiFlavor = {
  name: 'anthropic-message-batches',
  provider: 'anthropic',
  endpoints: ['POST /v1/messages/batches', 'GET /v1/messages/batches/{batch}/results'],
  readRequest: (request) => ({
    operation: request.method === 'POST' ? 'create_batch' : 'fetch_batch_results',
    batch: true,
  }),
  readResponse(response, { operation }) {
    if (operation === 'fetch_batch_results' && response.status < 400) return {}
    return readJsonAnswer(response, ['id', 'processing_status'], (document) => ({
      id: asName(document.id),
      status: asName(document.processing_status),
    }))
  },
  openSum: ({ operation }) =>
    operation === 'fetch_batch_results' ? addUpAnswers(MESSAGES, readMessage) : undefined,
}
