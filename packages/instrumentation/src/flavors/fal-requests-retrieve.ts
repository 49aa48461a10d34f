import { isFalQueue, readFalAnswer } from './readers/fal.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { endsOneAfter } from './readers/paths.ts'
import type { ApiFlavor } from './types.ts'

const PATH = '/requests/'

/** Fetching what fal-run has asked for by way of the queue: https://docs.fal.ai/model-apis/model-endpoints/queue */
export const falRequestsRetrieve: ApiFlavor = {
  name: 'fal-requests-retrieve',
  provider: 'fal_ai',
  markers: [PATH],
  // Behind the id, a path of its own says how far it is.
  matches: (request) => request.method === 'GET' && isFalQueue(request) && endsOneAfter(request.path, PATH),
  readRequest: (request) => readFetch(request, PATH),
  readResponse: (response) => asFetched(readFalAnswer(response)),
}
