import type { Duplex } from 'node:stream'
import { DEFAULT_WINDOW, encodeFrame, Flag, FRAME_HEAD_BYTES, FrameType, writeFrameHead } from './frames.ts'
import type { PeerSettings } from './peer-settings.ts'
import type { Http2Stream, Outgoing } from './stream.ts'

/** Larger frames gain nothing, and block other streams. */
const MAX_FRAME_BYTES = 256 * 2 ** 10

/** Sends headers at once, and data as far as the peer's windows allow. */
export class Sender {
  /** How many bytes the peer allows us to send, over all streams. */
  sendWindow: number = DEFAULT_WINDOW
  readonly #socket: Duplex
  readonly #peer: PeerSettings
  readonly #onLocalClosed: (stream: Http2Stream) => void
  #isGathering = false

  /** @param onLocalClosed called with a stream when its last frame has been written. */
  constructor(socket: Duplex, peer: PeerSettings, onLocalClosed: (stream: Http2Stream) => void) {
    this.#socket = socket
    this.#peer = peer
    this.#onLocalClosed = onLocalClosed
  }

  /** @param block encoded headers of at most 16 KiB. */
  send(stream: Http2Stream, block: Buffer, outgoing: Outgoing | undefined): void {
    const flags = Flag.endHeaders | (outgoing === undefined ? Flag.endStream : 0)
    this.#gather()
    const frame = encodeFrame(FrameType.headers, flags, stream.id, block)
    if (outgoing === undefined) {
      this.#writeLast(stream, frame)
    } else {
      this.#socket.write(frame)
      stream.outgoing = outgoing
      this.#sendData(stream, outgoing)
    }
  }

  /** Goes on sending after a window has grown. */
  resume(streams: Iterable<Http2Stream>): void {
    this.#gather()
    for (const stream of streams) if (stream.outgoing !== undefined) this.#sendData(stream, stream.outgoing)
  }

  /** What is written from now on goes out in one piece, as soon as everything that is ready has been written. */
  #gather(): void {
    if (this.#isGathering) return
    this.#isGathering = true
    this.#socket.cork()
    process.nextTick(() => {
      this.#isGathering = false
      this.#socket.uncork()
    })
  }

  #sendData(stream: Http2Stream, outgoing: Outgoing): void {
    const { parts, trailers } = outgoing
    while (parts.length > 0) {
      const available = Math.min(this.sendWindow, stream.sendWindow)
      if (available <= 0) return
      const length = this.#takeFrame(stream, parts, available, trailers === undefined)
      this.sendWindow -= length
      stream.sendWindow -= length
    }
    stream.outgoing = undefined
    if (trailers !== undefined) {
      const flags = Flag.endHeaders | Flag.endStream
      this.#writeLast(stream, encodeFrame(FrameType.headers, flags, stream.id, trailers))
    }
  }

  /** Takes the content of one DATA frame from the front of `parts` and writes it. Returns its length. */
  #takeFrame(stream: Http2Stream, parts: Uint8Array[], available: number, isEnding: boolean): number {
    const most = Math.min(available, this.#peer.maxFrameSize, MAX_FRAME_BYTES)
    const content: Uint8Array[] = []
    let length = 0
    while (length < most) {
      const part = parts[0]
      if (part === undefined) break
      const taken = Math.min(part.byteLength, most - length)
      content.push(taken === part.byteLength ? part : part.subarray(0, taken))
      if (taken === part.byteLength) parts.shift()
      else parts[0] = part.subarray(taken)
      length += taken
    }
    const isLast = isEnding && parts.length === 0
    const head = Buffer.allocUnsafe(FRAME_HEAD_BYTES)
    writeFrameHead(head, 0, {
      type: FrameType.data,
      flags: isLast ? Flag.endStream : 0,
      streamId: stream.id,
      length,
    })
    this.#socket.write(head)
    const last = content.pop() as Uint8Array
    for (const one of content) this.#socket.write(one)
    if (isLast) this.#writeLast(stream, last)
    else this.#socket.write(last)
    return length
  }

  /** Writes the last bytes of our side of the stream. */
  #writeLast(stream: Http2Stream, bytes: Uint8Array): void {
    this.#socket.write(bytes, () => stream.onFlushed())
    stream.isLocalClosed = true
    this.#onLocalClosed(stream)
  }
}
