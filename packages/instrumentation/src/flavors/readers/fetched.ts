import type { RequestHead } from '../../wire/types.ts'
import type { GenAiRequest, GenAiResponse } from '../types.ts'
import { anyKnown, known } from './known.ts'
import { segmentAfter } from './paths.ts'

/** Asking for what another call has made, whose id stands behind `marker` in the path. */
export function readFetch({ path }: RequestHead, marker: string): GenAiRequest {
  return {
    operation: 'fetch_response',
    ...known<Partial<GenAiRequest>>({ responseId: segmentAfter(path, marker) }),
  }
}

/** What it took to make a response that is fetched is set apart: another call has made it. */
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
