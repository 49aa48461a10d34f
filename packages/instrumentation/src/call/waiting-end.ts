import { EMPTY_BODY } from '../observation/body-recorder.ts'
import type { ObservedBody } from '../wire/types.ts'
import type { AttemptEnd } from './attempt.ts'

/**
 * How an attempt went, for a call that waits for a retry, which may never come: where a provider is down, many calls
 * wait.
 *
 * @param forContent Whether message content is going to be read from the bodies.
 */
export function waitingEnd(end: AttemptEnd, forContent: boolean): AttemptEnd {
  const { body, observed } = end
  if (!forContent) return { ...end, body: undefined, observed: observed && { ...observed, body: EMPTY_BODY } }
  return {
    ...end,
    body: body && compact(body),
    observed: observed && { ...observed, body: compact(observed.body) },
  }
}

/**
 * Without the text, which may be long, and the larger buffers that the bytes may lie in, such as those that sockets
 * read into.
 */
function compact({ head, tail, complete, ended, totalBytes }: ObservedBody): ObservedBody {
  const ownHead = ownBytes(head)
  return { head: ownHead, tail: tail === head ? ownHead : ownBytes(tail), complete, ended, totalBytes }
}

function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes)
}
