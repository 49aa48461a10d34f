import { falRun, isFalQueue } from './fal-run.ts'
import { fetching } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what fal-run has put into the queue: https://docs.fal.ai/model-apis/model-endpoints/queue */
export const falRequestsRetrieve: ApiFlavor = {
  name: 'fal-requests-retrieve',
  endpoints: [
    'GET queue.fal.run/{model...}/requests/{request}',
    'GET router.huggingface.co/fal-ai/{model...}/requests/{request}',
  ],
  accepts: isFalQueue,
  ...fetching(falRun),
}
