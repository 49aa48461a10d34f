import { isFalQueue, readFalAnswer } from './readers/fal.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what fal-run has put into the queue: https://docs.fal.ai/model-apis/model-endpoints/queue */
export const falRequestsRetrieve: ApiFlavor = {
  name: 'fal-requests-retrieve',
  provider: 'fal_ai',
  endpoints: [
    'GET queue.fal.run/{model...}/requests/{request}',
    'GET router.huggingface.co/fal-ai/{model...}/requests/{request}',
  ],
  accepts: isFalQueue,
  readRequest: readFetch,
  readResponse: (response) => asFetched(readFalAnswer(response)),
}
