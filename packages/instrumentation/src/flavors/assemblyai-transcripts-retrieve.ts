import { readTranscript } from './readers/assemblyai-transcript.ts'
import { asFetched } from './readers/fetched.ts'
import { known } from './readers/known.ts'
import { decoded } from './readers/paths.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

const PATH = /\/v2\/transcript\/([^/]+)$/

/** https://www.assemblyai.com/docs/api-reference/transcripts/get: asked over and over, until it is done. */
export const assemblyaiTranscriptsRetrieve: ApiFlavor = {
  name: 'assemblyai-transcripts-retrieve',
  provider: 'assemblyai',
  markers: ['/v2/transcript/'],
  matches: ({ method, path }) => method === 'GET' && PATH.test(path),
  readRequest({ path }) {
    const [, id = ''] = PATH.exec(path) ?? []
    return { operation: 'fetch_response', ...known<Partial<GenAiRequest>>({ responseId: decoded(id) }) }
  },
  readResponse: (response) => asFetched(readTranscript(response)),
}
