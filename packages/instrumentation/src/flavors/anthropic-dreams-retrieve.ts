import { anthropicDreams } from './anthropic-dreams.ts'
import { isVersioned } from './readers/anthropic-request.ts'
import { fetching } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what anthropic-dreams has started. */
export const anthropicDreamsRetrieve: ApiFlavor = {
  name: 'anthropic-dreams-retrieve',
  endpoints: ['GET /v1/dreams/{dream}'],
  accepts: isVersioned,
  ...fetching(anthropicDreams),
}
