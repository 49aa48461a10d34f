import type { GenAiResponse } from '../types.ts'
import { anyKnown, known } from './known.ts'

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
