import { Buffer } from 'node:buffer'
import { CHECKSUM_BYTES, PRELUDE_BYTES } from './aws-event-stream.ts'
import { asBuffer } from './bytes.ts'

/** Longer frames are passed over. */
const MAX_HELD_BYTES = 1024 * 1024

/**
 * The payloads of AWS's frames, `application/vnd.amazon.eventstream`, as they pass in chunks; only the current frame is
 * held.
 */
export class AwsPayloads {
  readonly #onPayload: (payload: Buffer) => void
  #held: Buffer[] = []
  #heldBytes = 0
  /** How many bytes are needed to go on. Without waiting for them, a long frame would be copied with every chunk. */
  #wanted = PRELUDE_BYTES
  /** How many bytes are left of a frame that is skipped. */
  #skip = 0

  constructor(onPayload: (payload: Buffer) => void) {
    this.#onPayload = onPayload
  }

  write(chunk: Uint8Array): void {
    const skipped = Math.min(this.#skip, chunk.length)
    this.#skip -= skipped
    // The chunk is the app's, to write into.
    this.#hold(Buffer.from(asBuffer(chunk).subarray(skipped)))
    if (this.#heldBytes < this.#wanted) return
    const bytes = Buffer.concat(this.#held)
    this.#held = []
    this.#heldBytes = 0
    this.#hold(this.#passFrames(bytes))
  }

  #hold(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#held.push(bytes)
    this.#heldBytes += bytes.length
  }

  /** @returns what is left of the bytes, the beginning of a frame. */
  #passFrames(bytes: Buffer): Buffer {
    let rest = bytes
    this.#wanted = PRELUDE_BYTES
    while (rest.length >= PRELUDE_BYTES) {
      const total = rest.readUInt32BE(0)
      const isFrame = total >= PRELUDE_BYTES + CHECKSUM_BYTES
      const isHeld = isFrame && total <= MAX_HELD_BYTES
      if (isHeld && total > rest.length) {
        this.#wanted = total
        break
      }
      const start = PRELUDE_BYTES + rest.readUInt32BE(4)
      if (isHeld) this.#onPayload(rest.subarray(start, total - CHECKSUM_BYTES))
      // After something that is no frame, none can be found any more.
      this.#skip = isFrame ? Math.max(0, total - rest.length) : Number.POSITIVE_INFINITY
      rest = rest.subarray(isFrame ? total : rest.length)
    }
    return rest
  }
}
