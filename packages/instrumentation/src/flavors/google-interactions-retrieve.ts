import { openEventStream } from '../wire/event-stream.ts'
import { readDocument } from '../wire/json-document.ts'
import { asFetched } from './readers/fetched.ts'
import { readInteraction, readInteractionStream } from './readers/google-interaction.ts'
import { segmentAfter } from './readers/paths.ts'
import type { ApiFlavor } from './types.ts'

const PATH = '/interactions/'

/**
 * Fetches an interaction made earlier; those of agents are made in the background:
 * https://ai.google.dev/gemini-api/docs/interactions
 */
export const googleInteractionsRetrieve: ApiFlavor = {
  name: 'google-interactions-retrieve',
  provider: 'gcp.gen_ai',
  endpoints: ['GET /v1beta{version...}/interactions/{interaction}'],
  readRequest(request) {
    const query = new URLSearchParams(request.query)
    return {
      operation: 'fetch_response',
      responseId: segmentAfter(request.path, PATH),
      stream: query.get('stream') === 'true' ? true : undefined,
      streamCursor: query.get('last_event_id') ?? undefined,
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return asFetched(readInteractionStream(response, events))
    const document = readDocument(response.body, ['usage', 'model', 'id', 'status'])
    return asFetched(readInteraction(response, document))
  },
}
