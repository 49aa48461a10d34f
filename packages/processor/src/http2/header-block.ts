import { ErrorCode, Flag, type Frame, Http2Error, LARGEST_WINDOW } from './frames.ts'

/** Of compressed headers, over all their frames. More could only be sent to keep us busy. */
const MAX_BLOCK_BYTES = 64 * 2 ** 10
const PRIORITY_BYTES = 5

export interface WholeBlock {
  readonly streamId: number
  readonly block: Buffer
  /** Whether the stream ends with these headers. */
  readonly isEnd: boolean
  readonly isSelfDependent: boolean
}

/** Collects a HEADERS frame and its CONTINUATION frames. */
export class HeaderBlock {
  #streamId = 0
  #parts: Buffer[] = []
  #bytes = 0
  #isEnd = false
  #isSelfDependent = false

  /** Whether the next frame has to be a CONTINUATION. */
  get isOpen(): boolean {
    return this.#streamId !== 0
  }

  /** @throws Http2Error */
  begin({ streamId, flags, payload }: Frame): void {
    if (streamId === 0) throw new Http2Error(ErrorCode.protocol, 'HEADERS without a stream')
    const isPadded = (flags & Flag.padded) !== 0
    const padding = isPadded ? (payload[0] ?? 0) : 0
    const hasPriority = (flags & Flag.priority) !== 0
    const from = (isPadded ? 1 : 0) + (hasPriority ? PRIORITY_BYTES : 0)
    if (from + padding > payload.byteLength) throw new Http2Error(ErrorCode.protocol, 'HEADERS cut short')
    this.#streamId = streamId
    this.#isEnd = (flags & Flag.endStream) !== 0
    this.#isSelfDependent =
      hasPriority && (payload.readUInt32BE(isPadded ? 1 : 0) & LARGEST_WINDOW) === streamId
    this.#parts = []
    this.#bytes = 0
    this.#add(payload.subarray(from, payload.byteLength - padding), (flags & Flag.endHeaders) !== 0)
  }

  /** @throws Http2Error */
  append({ streamId, flags, payload }: Frame): void {
    if (streamId !== this.#streamId)
      throw new Http2Error(ErrorCode.protocol, 'CONTINUATION of another stream')
    this.#add(payload, (flags & Flag.endHeaders) !== 0)
  }

  finish(): WholeBlock {
    const streamId = this.#streamId
    this.#streamId = 0
    const [first] = this.#parts
    const block = this.#parts.length === 1 && first !== undefined ? first : Buffer.concat(this.#parts)
    return { streamId, block, isEnd: this.#isEnd, isSelfDependent: this.#isSelfDependent }
  }

  #add(part: Buffer, isLast: boolean): void {
    this.#bytes += part.byteLength
    if (this.#bytes > MAX_BLOCK_BYTES) throw new Http2Error(ErrorCode.enhanceYourCalm, 'headers too long')
    // A part that isn't the last has to be copied, as the next bytes overwrite it.
    this.#parts.push(isLast ? part : Buffer.from(part))
  }
}
