import { asFetched, readFetch } from './readers/fetched.ts'
import { readPrediction } from './readers/replicate-prediction.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Fetches a prediction that took longer than its request waited:
 * https://replicate.com/docs/reference/http#predictions.get
 */
export const replicatePredictionsRetrieve: ApiFlavor = {
  name: 'replicate-predictions-retrieve',
  provider: 'replicate',
  endpoints: ['GET api.replicate.com/v1/predictions/{prediction}'],
  readRequest: readFetch,
  readResponse: (response) => asFetched(readPrediction(response)),
}
