import { openEventStream } from '../wire/event-stream.ts'
import { readDocument } from '../wire/json-document.ts'
import { asFetched } from './readers/fetched.ts'
import { readResponseObject, readResponseStream } from './readers/openai-response.ts'
import { segmentAfter } from './readers/paths.ts'
import type { ApiFlavor, ResponseDraft } from './types.ts'

const PATH = '/responses/'

/**
 * Fetches a response made earlier: the usage in it is that of the call which made it,
 * https://github.com/open-telemetry/semantic-conventions-genai (`fetch_response`).
 */
export const openaiResponsesRetrieve: ApiFlavor = {
  name: 'openai-responses-retrieve',
  provider: 'openai',
  endpoints: [
    'GET /responses/resp_{response}',
    // Other ids than `resp_`: elsewhere, such a path may belong to an app's own survey.
    'GET *.x.ai/{prefix...}v1/responses/{response}',
    'GET *.deepseek.com/{prefix...}v1/responses/{response}',
    'GET *.openrouter.ai/{prefix...}v1/responses/{response}',
  ],
  readRequest(request) {
    const responseId = segmentAfter(request.path, PATH)
    const query = new URLSearchParams(request.query)
    return {
      operation: 'fetch_response',
      responseId,
      stream: query.get('stream') === 'true' ? true : undefined,
      streamCursor: query.get('starting_after') ?? undefined,
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    const read = asFetched(
      events === undefined
        ? readResponseObject(
            response,
            readDocument(response.body, ['usage', 'tools', 'tool_usage', 'model', 'id', 'status']),
          )
        : readResponseStream(response, events),
    )
    return { ...read, ...finishReasonsOf(read) }
  },
}

/** The conventions derive the finish reasons of a fetched response from its status. */
function finishReasonsOf({ status, finishReasons }: ResponseDraft): ResponseDraft {
  if (status === 'failed' || status === 'cancelled') return { finishReasons: ['error'] }
  if (status !== 'incomplete' || finishReasons === undefined) return {}
  return {
    finishReasons: finishReasons.map((reason) => (reason === 'max_output_tokens' ? 'length' : reason)),
  }
}
