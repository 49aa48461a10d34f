import type { Buffer } from 'node:buffer'
import { asBuffer, textStart, wholeOf } from './bytes.ts'
import { type JsonObject, parseObject } from './json.ts'
import { leadingMember, leadingMembers, trailingMember } from './json-members.ts'
import type { ObservedBody } from './types.ts'

/** Where only the edges are wanted, the beginning is no longer than this. */
const EDGE_BYTES = 2048

/**
 * The JSON object that a body is. Of one that is not held whole, its first members and those named in `trailing`.
 *
 * @returns `undefined` where the body isn't a JSON object.
 */
export function readDocument(body: ObservedBody, trailing: readonly string[]): JsonObject | undefined {
  return parseWhole(body) ?? membersAtEdges(body, asBuffer(body.head), trailing)
}

/** Whether a body is a list, where others are objects. */
export function isList({ head }: ObservedBody): boolean {
  return head[textStart(head)] === 0x5b
}

/** As {@link readDocument}, for bodies whose middle, vectors or images, isn't worth parsing even when it is held. */
export function readEdges(body: ObservedBody, trailing: readonly string[]): JsonObject | undefined {
  const head = asBuffer(body.head)
  if (head.length <= EDGE_BYTES) return readDocument(body, trailing)
  return membersAtEdges(body, head.subarray(0, EDGE_BYTES), trailing)
}

/** A member `depth` objects or arrays deep near the end, else near the beginning, of a body too large to be held whole. */
export function readNearEdge(body: ObservedBody, name: string, depth: number): unknown {
  if (body.complete) return undefined
  const last = body.ended ? trailingMember(asBuffer(body.tail), name, depth) : undefined
  return last ?? leadingMember(asBuffer(body.head), name, depth)
}

function parseWhole(body: ObservedBody): JsonObject | undefined {
  const whole = body.ended ? wholeOf(body) : undefined
  if (whole === undefined) return undefined
  const text = whole.toString('utf8')
  return parseObject(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
}

function membersAtEdges(
  body: ObservedBody,
  beginning: Buffer,
  trailing: readonly string[],
): JsonObject | undefined {
  const members = leadingMembers(beginning)
  if (members === undefined || !body.ended) return members
  const end = asBuffer(body.complete ? body.head : body.tail)
  for (const name of trailing) {
    const value = trailingMember(end, name)
    if (value !== undefined) members[name] = value
  }
  return members
}
