import { Buffer } from 'node:buffer'
import type { Attempt } from '../call/attempt.ts'
import { asBuffer, wholeOf } from '../wire/bytes.ts'
import type { JsonObject } from '../wire/json.ts'
import { leadingMembers } from '../wire/json-members.ts'
import type { ObservedBody } from '../wire/types.ts'

const LF = 0x0a
const SPACE = 0x20

const EVENT_STREAM: Readonly<Record<string, string>> = { 'content-type': 'text/event-stream' }

/** Begins the answer, if it hasn't begun. It is read as an event stream, as the same answer is over HTTP. */
export function startAnswer(attempt: Attempt): void {
  if (!attempt.responded) attempt.responseStarted(200, (name) => EVENT_STREAM[name])
}

/** A message as an event of such a stream. If it isn't held whole, both its ends are in it. */
export function asEvent(message: ObservedBody): Buffer {
  const whole = wholeOf(message)
  const data = whole === undefined ? [message.head, message.tail] : [whole]
  const event = Buffer.concat([Buffer.from('data: '), ...data, Buffer.from('\n\n')])
  // In JSON, line feeds only stand between values.
  for (let at = event.indexOf(LF); at < event.length - 2; at = event.indexOf(LF, at)) event[at] = SPACE
  return event
}

/** An event of such a stream that was no message. */
export function eventOf(data: JsonObject): Buffer {
  return Buffer.from(`data: ${JSON.stringify(data)}\n\n`)
}

/** The members of a message that are in its first bytes. */
export function membersAtBeginning(beginning: Uint8Array): JsonObject {
  return leadingMembers(asBuffer(beginning).subarray(0, 512)) ?? {}
}
