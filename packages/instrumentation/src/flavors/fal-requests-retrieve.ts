import type { RequestHead } from '../wire/types.ts'
import { readFalAnswer } from './readers/fal-answer.ts'
import { asFetched } from './readers/fetched.ts'
import { known } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

const PATH = '/requests/'

/** Fetching what fal-run has asked for by way of the queue: https://docs.fal.ai/model-apis/model-endpoints/queue */
export const falRequestsRetrieve: ApiFlavor = {
  name: 'fal-requests-retrieve',
  provider: 'fal_ai',
  markers: [PATH],
  matches: (request) => request.method === 'GET' && isResult(request),
  readRequest: ({ path }) => ({
    operation: 'fetch_response',
    ...known<Partial<GenAiRequest>>({ responseId: segmentAfter(path, PATH) }),
  }),
  readResponse: (response) => asFetched(readFalAnswer(response)),
}

/** Behind the id, a path of its own says how far it is. */
function isResult({ host, path }: RequestHead): boolean {
  if (host !== 'queue.fal.run') return false
  const start = path.indexOf(PATH)
  return start !== -1 && !path.includes('/', start + PATH.length)
}
