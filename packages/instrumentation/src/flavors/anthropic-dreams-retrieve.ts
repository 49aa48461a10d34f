import { readDream } from './readers/anthropic-dream.ts'
import { asFetched } from './readers/fetched.ts'
import { known } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

const PATH = '/v1/dreams/'

/** Fetching what anthropic-dreams has asked for. */
export const anthropicDreamsRetrieve: ApiFlavor = {
  name: 'anthropic-dreams-retrieve',
  provider: 'anthropic',
  markers: [PATH],
  matches(request) {
    const start = request.method === 'GET' ? request.path.indexOf(PATH) : -1
    return (
      start !== -1 &&
      !request.path.includes('/', start + PATH.length) &&
      request.header('anthropic-version') !== undefined
    )
  },
  readRequest: ({ path }) => ({
    operation: 'fetch_response',
    ...known<Partial<GenAiRequest>>({ responseId: segmentAfter(path, PATH) }),
  }),
  readResponse: (response) => asFetched(readDream(response)),
}
