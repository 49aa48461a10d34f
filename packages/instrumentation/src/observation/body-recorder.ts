import type { ObservedBody } from '../wire/types.ts'

/** What a call keeps of a body, at most: memory per call stays bounded whatever its size. */
export const HEAD_BYTES: number = 64 * 1024
export const TAIL_BYTES: number = 64 * 1024
const FIRST_ALLOCATION_BYTES = 16 * 1024

/**
 * Keeps the beginning and the end of a body that passes in chunks. What lies between is let go. Chunks are copied: a
 * stream's are small, and each would keep a buffer of its own alive. One that is a whole body by itself is not.
 */
export class BodyRecorder {
  #only: Uint8Array | undefined
  #head: Buffer | undefined
  #headBytes = 0
  /** The end lies in these two: when the current one is full it becomes the previous one, and that is written over. */
  #current: Buffer | undefined
  #currentBytes = 0
  #previous: Buffer | undefined
  #totalBytes = 0

  add(chunk: Uint8Array): void {
    if (this.#totalBytes === 0) this.#only = chunk
    else {
      if (this.#only !== undefined) this.#copy(this.#only)
      this.#only = undefined
      this.#copy(chunk)
    }
    this.#totalBytes += chunk.length
  }

  #copy(chunk: Uint8Array): void {
    const room = HEAD_BYTES - this.#headBytes
    if (room === 0) this.#copyToTail(chunk)
    else if (chunk.length <= room) this.#copyToHead(chunk)
    else {
      this.#copyToHead(chunk.subarray(0, room))
      this.#copyToTail(chunk.subarray(room))
    }
  }

  #copyToHead(chunk: Uint8Array): void {
    const needed = this.#headBytes + chunk.length
    if (this.#head === undefined || needed > this.#head.length) {
      const size = Math.max(needed, FIRST_ALLOCATION_BYTES, 2 * this.#headBytes)
      const larger = Buffer.allocUnsafeSlow(Math.min(size, HEAD_BYTES))
      this.#head?.copy(larger, 0, 0, this.#headBytes)
      this.#head = larger
    }
    this.#head.set(chunk, this.#headBytes)
    this.#headBytes = needed
  }

  #copyToTail(chunk: Uint8Array): void {
    let rest = chunk.length > 2 * TAIL_BYTES ? chunk.subarray(chunk.length - 2 * TAIL_BYTES) : chunk
    while (rest.length > 0) {
      this.#current ??= Buffer.allocUnsafeSlow(TAIL_BYTES)
      const part = rest.subarray(0, TAIL_BYTES - this.#currentBytes)
      this.#current.set(part, this.#currentBytes)
      this.#currentBytes += part.length
      rest = rest.subarray(part.length)
      if (this.#currentBytes < TAIL_BYTES) return
      const full = this.#current
      this.#current = this.#previous
      this.#previous = full
      this.#currentBytes = 0
    }
  }

  /** @param ended The body came to its own end: it wasn't aborted, cut off or left unread. */
  finish(ended: boolean): ObservedBody {
    if (this.#only !== undefined) return observeWhole(this.#only, ended)
    const head = this.#head?.subarray(0, this.#headBytes) ?? NOTHING
    const complete = this.#totalBytes <= HEAD_BYTES
    return {
      head,
      tail: complete ? head : this.#joinTail(head),
      complete,
      ended,
      totalBytes: this.#totalBytes,
    }
  }

  /** The last {@link TAIL_BYTES}, filled up from what came before: an end that was cut in two is still an end. */
  #joinTail(head: Uint8Array): Uint8Array {
    const current = this.#current?.subarray(0, this.#currentBytes) ?? NOTHING
    const missing = TAIL_BYTES - current.length
    const before = this.#previous ?? head
    return Buffer.concat([before.subarray(Math.max(0, before.length - missing)), current])
  }
}

const NOTHING = new Uint8Array()

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

export const EMPTY_BODY: ObservedBody = observeWhole(NOTHING)
