import type { ObservedBody } from '../wire/types.ts'
import { observeWhole } from './body-recorder.ts'
import { TextBody } from './text-body.ts'

/** A body that is given in one piece. A stream is for the request to read, and is seen as it passes. */
export function wholeBody(body: unknown): ObservedBody | undefined {
  if (typeof body === 'string') return new TextBody(body)
  if (body instanceof Uint8Array) return observeWhole(body)
  return body instanceof ArrayBuffer ? observeWhole(new Uint8Array(body)) : undefined
}
