import { HEAD_BYTES, TAIL_BYTES } from '../../observation/body-recorder.ts'
import { asBuffer, wholeOf } from '../../wire/bytes.ts'
import { type JsonObject, parseObject } from '../../wire/json.ts'
import { leadingMembers, trailingMember } from '../../wire/json-members.ts'
import type { JsonSource } from '../../wire/json-text.ts'
import type { ObservedBody, ObservedRequest } from '../../wire/types.ts'
import { isForm } from './content-type.ts'
import { readFormFields } from './form-fields.ts'

/** Up to this many characters, parsing the whole text is cheaper than searching it for members. */
const SHORT_TEXT = 4096

const NOTHING: readonly string[] = []

/** Members that SDKs put after the messages or documents, the most important first. */
const TRAILING = ['model', 'stream', 'stream_options', 'max_tokens', 'temperature', 'query']

/**
 * The request's members, except those too large to matter; `undefined` if the body can't be seen. A request without a
 * body has none, and neither has a form: JSON APIs aren't sent forms, but apps may send one to such a path (a survey's
 * `/responses`).
 *
 * @param behind further members to look for after content that isn't held whole, because the price depends on them.
 */
export function readRequestMembers(
  request: ObservedRequest,
  behind: readonly string[] = NOTHING,
): JsonObject | undefined {
  const { body } = request
  const members = body && readJson(body, behind)
  if (members !== undefined) return members
  return isForm(request) || (body?.ended === true && body.totalBytes === 0) ? {} : undefined
}

/**
 * As {@link readRequestMembers}, for APIs that are also sent forms: of a form, reads the small fields with these names.
 */
export function readMembersOrFields(request: ObservedRequest, names: readonly string[]): JsonObject {
  return (isForm(request) ? undefined : readRequestMembers(request, names)) ?? readFormFields(request, names)
}

function readJson(body: ObservedBody, behind: readonly string[]): JsonObject | undefined {
  if (body.text !== undefined) return readText(body.text, behind)
  const whole = wholeOf(body)
  if (whole !== undefined) return leadingMembers(whole)
  return readEnds(asBuffer(body.head), body.ended ? asBuffer(body.tail) : undefined, behind)
}

function readText(text: string, behind: readonly string[]): JsonObject | undefined {
  const parsed = text.length <= SHORT_TEXT ? parseObject(text) : undefined
  if (parsed !== undefined) return parsed
  if (text.length <= HEAD_BYTES + TAIL_BYTES) return leadingMembers(text)
  return readEnds(text.slice(0, HEAD_BYTES), text.slice(-TAIL_BYTES), behind)
}

function readEnds(
  head: JsonSource,
  tail: JsonSource | undefined,
  behind: readonly string[],
): JsonObject | undefined {
  const members = leadingMembers(head)
  if (members === undefined || tail === undefined) return members
  for (const name of [...TRAILING, ...behind]) {
    const value = name in members ? undefined : trailingMember(tail, name)
    if (value !== undefined) members[name] = value
  }
  return members
}
