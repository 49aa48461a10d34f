import { asBuffer } from '../../wire/bytes.ts'
import type { JsonObject } from '../../wire/json.ts'
import { leadingMembers } from '../../wire/json-members.ts'
import type { ObservedRequest } from '../../wire/types.ts'

/** The request's members, but for those too large to matter; `undefined` where the body can't be seen. */
export function readRequestMembers(request: ObservedRequest): JsonObject | undefined {
  return request.body === undefined ? undefined : leadingMembers(asBuffer(request.body.head))
}
