import type { Attempt } from '../call/attempt.ts'
import { safely } from '../safely.ts'
import { shadow } from './shadow.ts'

interface BodyWriter {
  write(...args: never[]): boolean
  end(...args: never[]): unknown
}

/** Sees what the app writes into a request, on this one instance, before it is passed on as it is. */
export function tapWrites(request: BodyWriter, attempt: Attempt): void {
  const { write, end } = request
  let ending = false
  shadow(request, 'write', function (this: BodyWriter, ...args) {
    // end() may write its chunk by itself.
    if (!ending) safely('request body', () => record(attempt, args))
    return write.apply(this, args)
  })
  shadow(request, 'end', function (this: BodyWriter, ...args) {
    safely('request body', () => {
      if (!ending) record(attempt, args)
      attempt.requestSent()
    })
    ending = true
    return end.apply(this, args)
  })
}

function record(attempt: Attempt, [chunk, encoding]: readonly unknown[]): void {
  if (typeof chunk === 'string') {
    attempt.requestChunk(
      Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'),
    )
  } else if (chunk instanceof Uint8Array) attempt.requestChunk(chunk)
}
