import { Buffer } from 'node:buffer'
import type { ObservedBody } from '../wire/types.ts'
import { HEAD_BYTES, TAIL_BYTES } from './body-recorder.ts'

/** A body that came as a string. Usually only the string is read, so it is encoded only when its bytes are read. */
export class TextBody implements ObservedBody {
  readonly text: string
  readonly complete: boolean
  readonly ended = true
  #head: Uint8Array | undefined
  #tail: Uint8Array | undefined
  #totalBytes: number | undefined

  constructor(text: string) {
    this.text = text
    this.complete = text.length <= HEAD_BYTES
  }

  get head(): Uint8Array {
    this.#head ??= Buffer.from(this.complete ? this.text : this.text.slice(0, HEAD_BYTES))
    return this.#head
  }

  get tail(): Uint8Array {
    this.#tail ??= this.complete ? this.head : Buffer.from(this.text.slice(-TAIL_BYTES))
    return this.#tail
  }

  get totalBytes(): number {
    this.#totalBytes ??= this.complete ? this.head.length : Buffer.byteLength(this.text)
    return this.#totalBytes
  }
}
