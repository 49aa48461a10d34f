import type { ObservedBody } from '../wire/types.ts'

/** What a call keeps of a body, at most: memory per call stays bounded whatever its size. */
export const HEAD_BYTES: number = 64 * 1024
export const TAIL_BYTES: number = 64 * 1024

/**
 * Keeps the beginning and the end of a body by reference, chunk by chunk: nothing is copied while it passes,
 * and what lies between is let go.
 */
export class BodyRecorder {
  #head: Uint8Array[] = []
  #headBytes = 0
  #tail: Uint8Array[] = []
  #tailBytes = 0
  /** Index of the oldest chunk still in the tail: shifting a long array for each chunk would cost more. */
  #oldest = 0
  #totalBytes = 0

  add(chunk: Uint8Array): void {
    this.#totalBytes += chunk.length
    let rest = chunk
    if (this.#headBytes < HEAD_BYTES) {
      const part =
        rest.length <= HEAD_BYTES - this.#headBytes ? rest : rest.subarray(0, HEAD_BYTES - this.#headBytes)
      this.#head.push(part)
      this.#headBytes += part.length
      if (part.length === rest.length) return
      rest = rest.subarray(part.length)
    }
    this.#addToTail(rest.length > TAIL_BYTES ? rest.subarray(rest.length - TAIL_BYTES) : rest)
  }

  #addToTail(chunk: Uint8Array): void {
    this.#tail.push(chunk)
    this.#tailBytes += chunk.length
    while (this.#tailBytes - this.#tail[this.#oldest]!.length >= TAIL_BYTES) {
      this.#tailBytes -= this.#tail[this.#oldest]!.length
      this.#oldest++
    }
    if (this.#oldest > 1024) {
      this.#tail = this.#tail.slice(this.#oldest)
      this.#oldest = 0
    }
  }

  /** @param ended The body came to its own end: it wasn't aborted, cut off or left unread. */
  finish(ended: boolean): ObservedBody {
    const complete = this.#totalBytes <= HEAD_BYTES
    const head = join(this.#head, this.#headBytes)
    const tail = complete ? head : this.#joinTail(head)
    return { head, tail, complete, ended, totalBytes: this.#totalBytes }
  }

  /** The last {@link TAIL_BYTES}, filled up from the head where the two touch: an end cut in two is still an end. */
  #joinTail(head: Uint8Array): Uint8Array {
    const chunks = this.#tail.slice(this.#oldest)
    if (this.#totalBytes - this.#headBytes > this.#tailBytes) return join(chunks, this.#tailBytes)
    const missing = Math.max(0, Math.min(head.length, TAIL_BYTES - this.#tailBytes))
    return join([head.subarray(head.length - missing), ...chunks], missing + this.#tailBytes)
  }
}

/** A body that is at hand in one piece, cut to what a call keeps. */
export function observeWhole(bytes: Uint8Array, ended = true): ObservedBody {
  const complete = bytes.length <= HEAD_BYTES
  return {
    head: complete ? bytes : bytes.subarray(0, HEAD_BYTES),
    tail: complete ? bytes : bytes.subarray(bytes.length - TAIL_BYTES),
    complete,
    ended,
    totalBytes: bytes.length,
  }
}

/** A text body; of a long one only its two ends are encoded. */
export function observeText(text: string): ObservedBody {
  if (text.length <= HEAD_BYTES) return observeWhole(Buffer.from(text))
  const head = Buffer.from(text.slice(0, HEAD_BYTES))
  const tail = Buffer.from(text.slice(text.length - TAIL_BYTES))
  return { head, tail, complete: false, ended: true, totalBytes: Buffer.byteLength(text) }
}

export const EMPTY_BODY: ObservedBody = observeWhole(new Uint8Array())

function join(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes)
}
