import type { ObservedBody } from '../wire/types.ts'

/** What a call keeps of a body, at most: memory per call stays bounded whatever its size. */
export const HEAD_BYTES: number = 64 * 1024
export const TAIL_BYTES: number = 64 * 1024
const PAGE_BYTES = 8 * 1024
const HEAD_PAGES = HEAD_BYTES / PAGE_BYTES
/** One more than the tail takes: the last one is being written. */
const MAX_PAGES = HEAD_PAGES + TAIL_BYTES / PAGE_BYTES + 1

/**
 * Pages that are free to be used again: allocating and collecting them would cost more than everything else that is
 * done for a stream.
 */
const freePages: Buffer[] = []
const MAX_FREE_PAGES = 64

/**
 * Keeps the beginning and the end of a body that passes in chunks, and drops what lies between. Chunks are copied: the
 * app may overwrite them or hand them on, and each may keep a far larger buffer alive. A chunk that is the whole body
 * isn't copied.
 */
export class BodyRecorder {
  #only: Uint8Array | undefined
  /**
   * The pages of the head, then those of the end, with a gap between them once a page was dropped. All but the last are
   * full.
   */
  readonly #pages: Buffer[] = []
  #lastPageBytes = PAGE_BYTES
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
    const { length } = chunk
    let start = 0
    while (start < length) {
      if (this.#lastPageBytes === PAGE_BYTES) {
        // Of a chunk larger than the tail, only the end would remain.
        if (this.#pages.length >= HEAD_PAGES) start = Math.max(start, length - TAIL_BYTES - PAGE_BYTES)
        this.#addPage()
      }
      const end = Math.min(length, start + PAGE_BYTES - this.#lastPageBytes)
      const part = start === 0 && end === length ? chunk : chunk.subarray(start, end)
      this.#pages[this.#pages.length - 1]!.set(part, this.#lastPageBytes)
      this.#lastPageBytes += end - start
      start = end
    }
  }

  #addPage(): void {
    const pages = this.#pages
    const [oldest] = pages.length === MAX_PAGES ? pages.splice(HEAD_PAGES, 1) : []
    pages.push(oldest ?? freePages.pop() ?? Buffer.allocUnsafeSlow(PAGE_BYTES))
    this.#lastPageBytes = 0
  }

  /** @param ended The body came to its own end: it wasn't aborted, cut off or left unread. */
  finish(ended: boolean): ObservedBody {
    if (this.#only !== undefined) return observeWhole(this.#only, ended)
    const complete = this.#totalBytes <= HEAD_BYTES
    const kept = (this.#pages.length - 1) * PAGE_BYTES + this.#lastPageBytes
    const head = this.#join(0, Math.min(this.#totalBytes, HEAD_BYTES))
    const tail = complete ? head : this.#join(kept - TAIL_BYTES, kept)
    return { head, tail, complete, ended, totalBytes: this.#totalBytes }
  }

  /** A copy of the bytes from `start` to `end`, as the pages will be used again. */
  #join(start: number, end: number): Buffer {
    const joined = Buffer.allocUnsafeSlow(end - start)
    for (let index = Math.floor(start / PAGE_BYTES); index * PAGE_BYTES < end; index++) {
      const first = index * PAGE_BYTES
      const page = this.#pages[index]!.subarray(Math.max(0, start - first), Math.min(PAGE_BYTES, end - first))
      joined.set(page, Math.max(0, first - start))
    }
    return joined
  }

  /** Nothing more is wanted of this body. */
  release(): void {
    this.#only = undefined
    for (const page of this.#pages) if (freePages.length < MAX_FREE_PAGES) freePages.push(page)
    this.#pages.length = 0
    this.#lastPageBytes = PAGE_BYTES
    this.#totalBytes = 0
  }
}

const NOTHING = new Uint8Array()

/** A body that is given in one piece, cut to what a call keeps. */
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

export const EMPTY_BODY: ObservedBody = observeWhole(NOTHING)
