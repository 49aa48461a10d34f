import { asFetched, readFetch } from './readers/fetched.ts'
import { readPrediction } from './readers/replicate-prediction.ts'
import type { ApiFlavor } from './types.ts'

const PATH = '/v1/predictions/'

/**
 * Fetches a prediction that took longer than its request waited:
 * https://replicate.com/docs/reference/http#predictions.get
 */
export const replicatePredictionsRetrieve: ApiFlavor = {
  name: 'replicate-predictions-retrieve',
  provider: 'replicate',
  matches: ({ method, host, path }) =>
    method === 'GET' && host === 'api.replicate.com' && path.startsWith(PATH),
  readRequest: (request) => readFetch(request, PATH),
  readResponse: (response) => asFetched(readPrediction(response)),
}
