import { Buffer } from 'node:buffer'
import { asBuffer } from './bytes.ts'

const PRELUDE_BYTES = 12
const CHECKSUM_BYTES = 4
/** Longer frames are passed over. */
const MAX_HELD_BYTES = 1024 * 1024

/** The payloads of AWS's frames, `application/vnd.amazon.eventstream`, as they pass in chunks; only the frame at hand is held. */
export class AwsPayloads {
  readonly #onPayload: (payload: Buffer) => void
  #held: Buffer = Buffer.alloc(0)
  /** So many bytes belong to a frame that is passed over. */
  #skip = 0

  constructor(onPayload: (payload: Buffer) => void) {
    this.#onPayload = onPayload
  }

  write(chunk: Uint8Array): void {
    const skipped = Math.min(this.#skip, chunk.length)
    this.#skip -= skipped
    // The chunk is the app's, to write into.
    let bytes = Buffer.concat([this.#held, asBuffer(chunk).subarray(skipped)])
    while (bytes.length >= PRELUDE_BYTES) {
      const total = bytes.readUInt32BE(0)
      const isFrame = total >= PRELUDE_BYTES + CHECKSUM_BYTES
      const isHeld = isFrame && total <= MAX_HELD_BYTES
      if (isHeld && total > bytes.length) break
      const start = PRELUDE_BYTES + bytes.readUInt32BE(4)
      if (isHeld) this.#onPayload(bytes.subarray(start, total - CHECKSUM_BYTES))
      // Behind what is no frame, none can be told from the rest.
      this.#skip = isFrame ? Math.max(0, total - bytes.length) : Number.POSITIVE_INFINITY
      bytes = bytes.subarray(isFrame ? total : bytes.length)
    }
    this.#held = bytes
  }
}
