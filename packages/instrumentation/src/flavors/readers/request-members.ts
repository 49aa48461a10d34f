import { asBuffer, wholeOf } from '../../wire/bytes.ts'
import { type JsonObject, parseObject } from '../../wire/json.ts'
import { leadingMembers, trailingMember } from '../../wire/json-members.ts'
import type { ObservedRequest } from '../../wire/types.ts'

/** What SDKs put behind the messages or documents, in the order of how much it is missed. */
const TRAILING = ['model', 'stream', 'stream_options', 'max_tokens', 'temperature', 'query']

/** The request's members, but for those too large to matter; `undefined` where the body can't be seen. */
export function readRequestMembers({ body }: ObservedRequest): JsonObject | undefined {
  if (body === undefined) return undefined
  const parsed = body.text === undefined ? undefined : parseObject(body.text)
  if (parsed !== undefined) return parsed
  const whole = wholeOf(body)
  const members = leadingMembers(whole ?? asBuffer(body.head))
  if (members === undefined || whole !== undefined || !body.ended) return members
  const tail = asBuffer(body.tail)
  for (const name of TRAILING) if (!(name in members)) members[name] = trailingMember(tail, name)
  return members
}
