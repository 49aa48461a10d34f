import { known, knownResponse } from '../flavors/readers/known.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, ResponseSum } from '../flavors/types.ts'
import type { ObservedRequest, ObservedResponse } from '../wire/types.ts'

/** What a flavor reads in a request; `undefined` if it is no call. */
export function readRequest(flavor: ApiFlavor, request: ObservedRequest): GenAiRequest | undefined {
  const read = flavor.readRequest(request)
  return read && known<GenAiRequest>(read)
}

/** What a flavor reads in a response, and what `sum` has added up of it. */
export function readResponse(
  flavor: ApiFlavor,
  response: ObservedResponse,
  request: GenAiRequest,
  sum?: ResponseSum,
): GenAiResponse {
  const read = flavor.readResponse(response, request)
  return knownResponse(sum === undefined ? read : { ...read, ...knownResponse(sum.read()) })
}
