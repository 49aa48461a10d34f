import { readDream } from './readers/anthropic-dream.ts'
import { isVersioned } from './readers/anthropic-request.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what anthropic-dreams has started. */
export const anthropicDreamsRetrieve: ApiFlavor = {
  name: 'anthropic-dreams-retrieve',
  provider: 'anthropic',
  endpoints: ['GET /v1/dreams/{dream}'],
  accepts: isVersioned,
  readRequest: readFetch,
  readResponse: (response) => asFetched(readDream(response)),
}
