import { isAwsStream, readAwsEvents } from './aws-event-stream.ts'
import { asBuffer, textStart } from './bytes.ts'
import { readArrayEvents } from './json-array-stream.ts'
import { readLineEvents } from './json-lines.ts'
import { readServerSentEvents } from './server-sent-events.ts'
import type { StreamEvent } from './stream-event.ts'
import type { ObservedResponse } from './types.ts'

/** A streamed body. What is held of it can be read from either end, as far as needed. */
export interface EventStream {
  /** From the first event on, up to where the body is no longer held. The last one given may lack its end. */
  forward(): Iterable<StreamEvent>
  /** From the last event back. The last one given may lack its beginning. */
  backward(): Iterable<StreamEvent>
  /** Every whole event that contains the text, found without reading those between. */
  containing(text: string): Iterable<StreamEvent>
}

/** @returns `undefined` where the body is no stream of events, whatever the request wanted. */
export function openEventStream(response: ObservedResponse): EventStream | undefined {
  const { body } = response
  if (isAwsStream(response)) return readAwsEvents(body)
  const head = asBuffer(body.head)
  const start = textStart(head)
  const first = head[start]
  if (first === 0x5b) return readArrayEvents(body)
  if (first === 0x7b) return readLineEvents(body)
  const isDeclared = response.header('content-type')?.includes('event-stream') === true
  if (isDeclared || looksLikeServerSentEvents(head, start)) return readServerSentEvents(body)
  return undefined
}

function looksLikeServerSentEvents(head: Uint8Array, start: number): boolean {
  const beginning = asBuffer(head).toString('latin1', start, start + 6)
  return /^(data|event|id|retry)?:/.test(beginning)
}
