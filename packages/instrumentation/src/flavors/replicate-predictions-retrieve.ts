import { fetching } from './readers/fetched.ts'
import { replicatePredictions } from './replicate-predictions.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Fetches a prediction that took longer than its request waited:
 * https://replicate.com/docs/reference/http#predictions.get
 */
export const replicatePredictionsRetrieve: ApiFlavor = {
  name: 'replicate-predictions-retrieve',
  endpoints: ['GET api.replicate.com/v1/predictions/{prediction}'],
  ...fetching(replicatePredictions),
}
