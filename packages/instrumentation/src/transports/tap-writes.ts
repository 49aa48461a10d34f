import type { Attempt } from '../call/attempt.ts'
import { safely } from '../safely.ts'
import { shadow } from './shadow.ts'

interface BodyWriter {
  write(...args: never[]): boolean
  end(...args: never[]): unknown
}

/**
 * Sees what the app writes into this request, before it is passed on unchanged.
 *
 * @param onWhole called once the attempt has seen the whole body, before its last piece goes out.
 */
export function tapWrites(request: BodyWriter, attempt: Attempt, onWhole?: () => void): void {
  const { write, end } = request
  let ending = false
  shadow(request, 'write', function (this: BodyWriter, ...args) {
    // `end` may call `write` for its chunk.
    if (!ending) safely('request body', () => record(attempt, args))
    return write.apply(this, args)
  })
  shadow(request, 'end', function (this: BodyWriter, ...args) {
    safely('request body', () => {
      if (!ending) record(attempt, args)
      attempt.requestSent()
      onWhole?.()
    })
    ending = true
    return end.apply(this, args)
  })
}

function record(attempt: Attempt, args: readonly unknown[]): void {
  const bytes = writtenBytes(args)
  if (bytes !== undefined) attempt.requestChunk(bytes)
}

/** @returns what a stream's `write` or `end` is given to write; `undefined` where that is nothing. */
export function writtenBytes([chunk, encoding]: readonly unknown[]): Uint8Array | undefined {
  if (typeof chunk === 'string')
    return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
  return chunk instanceof Uint8Array ? chunk : undefined
}
