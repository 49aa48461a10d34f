import { asFetched } from './readers/fetched.ts'
import { known } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import { readPrediction } from './readers/replicate-prediction.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

const PATH = '/v1/predictions/'

/** Fetching a prediction that takes longer than its request waited: https://replicate.com/docs/reference/http#predictions.get */
export const replicatePredictionsRetrieve: ApiFlavor = {
  name: 'replicate-predictions-retrieve',
  provider: 'replicate',
  matches: ({ method, host, path }) =>
    method === 'GET' && host === 'api.replicate.com' && path.startsWith(PATH),
  readRequest({ path }) {
    return {
      operation: 'fetch_response',
      ...known<Partial<GenAiRequest>>({ responseId: segmentAfter(path, PATH) }),
    }
  },
  readResponse: (response) => asFetched(readPrediction(response)),
}
