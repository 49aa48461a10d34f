import type { RequestHead } from '../../wire/types.ts'
import type { GenAiRequest, GenAiResponse } from '../types.ts'
import { anyKnown, known } from './known.ts'
import { decoded, lastSegment } from './paths.ts'

/** A request for what another call has made; its id ends the path. */
export function readFetch({ path }: RequestHead): GenAiRequest {
  return known<GenAiRequest>({
    operation: 'fetch_response',
    responseId: decoded(lastSegment(path)),
  })
}

/** Sets apart what it took to make a fetched response, as another call has made it. */
export function asFetched({
  usage,
  furtherUsage,
  toolRequests,
  declaredCost,
  ...response
}: GenAiResponse): GenAiResponse {
  const fetched = anyKnown<NonNullable<GenAiResponse['fetched']>>({
    usage,
    furtherUsage,
    toolRequests,
    declaredCost,
  })
  return known<GenAiResponse>({ ...response, fetched })
}
