import { readDream } from './readers/anthropic-dream.ts'
import { isVersioned } from './readers/anthropic-request.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { endsOneAfter } from './readers/paths.ts'
import type { ApiFlavor } from './types.ts'

const PATH = '/v1/dreams/'

/** Fetches what anthropic-dreams has started. */
export const anthropicDreamsRetrieve: ApiFlavor = {
  name: 'anthropic-dreams-retrieve',
  provider: 'anthropic',
  markers: [PATH],
  matches: (request) => request.method === 'GET' && endsOneAfter(request.path, PATH) && isVersioned(request),
  readRequest: (request) => readFetch(request, PATH),
  readResponse: (response) => asFetched(readDream(response)),
}
