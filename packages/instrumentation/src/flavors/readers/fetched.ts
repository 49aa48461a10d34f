import type { RequestHead } from '../../wire/types.ts'
import type { ApiFlavor, Draft, GenAiRequest, GenAiResponse, ResponseDraft } from '../types.ts'
import { anyKnown, knownResponse } from './known.ts'
import { decoded, lastSegment } from './paths.ts'

/** How to fetch what `started` has started, where the answers to both are alike. */
export function fetching(started: ApiFlavor): Pick<ApiFlavor, 'provider' | 'readRequest' | 'readResponse'> {
  return {
    provider: started.provider,
    readRequest: readFetch,
    readResponse: (response, request) => asFetched(started.readResponse(response, request)),
  }
}

/** A request for what another call has made; its id ends the path. */
export function readFetch({ path }: RequestHead): Draft<GenAiRequest> {
  return { operation: 'fetch_response', responseId: decoded(lastSegment(path)) }
}

/** Sets apart what it took to make a fetched response, as another call has made it. */
export function asFetched(draft: ResponseDraft): ResponseDraft {
  const { usage, furtherUsage, toolRequests, declaredCost, ...response } = knownResponse(draft)
  const fetched = anyKnown<NonNullable<GenAiResponse['fetched']>>({
    usage,
    furtherUsage,
    toolRequests,
    declaredCost,
  })
  return { ...response, fetched }
}
