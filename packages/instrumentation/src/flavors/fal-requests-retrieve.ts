import { isFalQueue, readFalAnswer } from './readers/fal.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { endsOneAfter } from './readers/paths.ts'
import type { ApiFlavor } from './types.ts'

const PATH = '/requests/'

/** Fetches what fal-run has put into the queue: https://docs.fal.ai/model-apis/model-endpoints/queue */
export const falRequestsRetrieve: ApiFlavor = {
  name: 'fal-requests-retrieve',
  provider: 'fal_ai',
  markers: [PATH],
  // A longer path asks for the status only.
  matches: (request) => request.method === 'GET' && isFalQueue(request) && endsOneAfter(request.path, PATH),
  readRequest: (request) => readFetch(request, PATH),
  readResponse: (response) => asFetched(readFalAnswer(response)),
}
