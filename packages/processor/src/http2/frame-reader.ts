import {
  DEFAULT_MAX_FRAME_SIZE,
  ErrorCode,
  Flag,
  FRAME_HEAD_BYTES,
  type Frame,
  FrameType,
  Http2Error,
} from './frames.ts'

export interface FrameListener {
  /** A complete frame. */
  frame(frame: Frame): void
  /** Part of a DATA frame without padding, as it comes in. @param isEnd of the stream. */
  data(streamId: number, content: Buffer, isEnd: boolean): void
}

/**
 * Splits incoming bytes into frames, however they were cut on their way. DATA is handed on without waiting for the rest of its
 * frame; no other frame is longer than 16 KiB.
 */
export class FrameReader {
  readonly #listener: FrameListener
  /** An incomplete frame: its head and the first part of its payload. */
  #partial: Buffer = Buffer.allocUnsafe(256)
  #partialBytes = 0
  /** Bytes of the current DATA frame that are still to come. */
  #dataBytes = 0
  #dataStream = 0
  #dataEnds = false

  constructor(listener: FrameListener) {
    this.#listener = listener
  }

  /** @throws Http2Error */
  push(bytes: Buffer): void {
    for (let at = 0; at < bytes.byteLength; ) {
      if (this.#dataBytes > 0) {
        const end = Math.min(at + this.#dataBytes, bytes.byteLength)
        this.#dataBytes -= end - at
        const isEnd = this.#dataEnds && this.#dataBytes === 0
        this.#listener.data(this.#dataStream, bytes.subarray(at, end), isEnd)
        at = end
      } else if (this.#partialBytes === 0 && bytes.byteLength - at >= FRAME_HEAD_BYTES) {
        at = this.#readFrame(bytes, at)
      } else {
        at = this.#fill(bytes, at)
      }
    }
  }

  /** Reads a frame whose head has come in. Returns where to go on. */
  #readFrame(bytes: Buffer, at: number): number {
    const content = at + FRAME_HEAD_BYTES
    const length = this.#readHead(bytes, at)
    if (length === -1) return content
    if (bytes.byteLength - content >= length) {
      this.#emit(bytes, at, length)
      return content + length
    }
    return this.#fill(bytes, at)
  }

  /** The length of a payload that has to come in completely; -1 for a DATA frame, which is handed on in parts. */
  #readHead(bytes: Buffer, at: number): number {
    const length = bytes.readUIntBE(at, 3)
    if (length > DEFAULT_MAX_FRAME_SIZE) {
      const isHttp1 = bytes.toString('latin1', at, at + 5) === 'HTTP/'
      throw new Http2Error(
        ErrorCode.frameSize,
        isHttp1 ? 'the peer speaks HTTP/1.1, so it is no gRPC server' : 'frame larger than 16 KiB',
      )
    }
    const flags = bytes[at + 4] as number
    if (bytes[at + 3] !== FrameType.data || (flags & Flag.padded) !== 0) return length
    this.#dataStream = streamIdAt(bytes, at)
    this.#dataEnds = (flags & Flag.endStream) !== 0
    this.#dataBytes = length
    if (length === 0) this.#listener.data(this.#dataStream, bytes.subarray(0, 0), this.#dataEnds)
    return -1
  }

  #emit(bytes: Buffer, at: number, length: number): void {
    const content = at + FRAME_HEAD_BYTES
    this.#listener.frame({
      type: bytes[at + 3] as number,
      flags: bytes[at + 4] as number,
      streamId: streamIdAt(bytes, at),
      payload: bytes.subarray(content, content + length),
    })
  }

  /** Keeps the bytes of an incomplete frame, and hands the frame on once it is complete. */
  #fill(bytes: Buffer, at: number): number {
    const position = this.#keep(bytes, at, FRAME_HEAD_BYTES)
    if (this.#partialBytes < FRAME_HEAD_BYTES) return position
    const length = this.#readHead(this.#partial, 0)
    if (length === -1) {
      this.#partialBytes = 0
      return position
    }
    const end = this.#keep(bytes, position, FRAME_HEAD_BYTES + length)
    if (this.#partialBytes < FRAME_HEAD_BYTES + length) return end
    this.#partialBytes = 0
    this.#emit(this.#partial, 0, length)
    return end
  }

  #keep(bytes: Buffer, at: number, wanted: number): number {
    const end = Math.min(bytes.byteLength, at + Math.max(0, wanted - this.#partialBytes))
    const needed = this.#partialBytes + end - at
    if (needed > this.#partial.byteLength) {
      const larger = Buffer.allocUnsafe(FRAME_HEAD_BYTES + DEFAULT_MAX_FRAME_SIZE)
      this.#partial.copy(larger, 0, 0, this.#partialBytes)
      this.#partial = larger
    }
    bytes.copy(this.#partial, this.#partialBytes, at, end)
    this.#partialBytes = needed
    return end
  }
}

/** Without the reserved bit. */
function streamIdAt(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at + 5) & 0x7fff_ffff
}
