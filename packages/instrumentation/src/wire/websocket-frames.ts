import { Buffer } from 'node:buffer'
import { asBuffer } from './bytes.ts'

const CONTINUATION = 0x0
const BINARY = 0x2
const CLOSE = 0x8

/** The longest header of a frame: with a 64-bit length and a mask. */
const MAX_HEADER_BYTES = 14
/** No control frame holds more. */
const MAX_CONTROL_BYTES = 125

/** What is reported of one side of a connection. */
export interface MessageListener {
  /** @param compressed by the extension that the handshake agreed on. */
  messageStarted(compressed: boolean): void
  /** @returns false where nothing more of this message is wanted: its bytes needn't be unmasked. */
  messagePiece(piece: Buffer): boolean
  messageEnded(): void
  /** @param code undefined where none is given. */
  closing(code: number | undefined, reason: string): void
}

/**
 * Extracts the messages from what one side of a WebSocket connection sends, cut anywhere: RFC 6455, section 5. After a
 * violation of the protocol, which ends the connection, nothing more is read.
 */
export class WebSocketFrames {
  readonly #listener: MessageListener
  readonly #header = Buffer.alloc(MAX_HEADER_BYTES)
  #headerBytes = 0
  /** Bytes left of the current frame; undefined within its header. */
  #left: number | undefined
  #opcode = 0
  #isFinal = true
  #mask: Buffer | undefined
  #maskOffset = 0
  /** A control frame may stand between the frames of a message. */
  #control: Buffer[] = []
  #inMessage = false
  #isWanted = true
  #broken = false

  constructor(listener: MessageListener) {
    this.#listener = listener
  }

  write(chunk: Uint8Array): void {
    const bytes = asBuffer(chunk)
    let index = 0
    while (index < bytes.length && !this.#broken) {
      if (this.#left === undefined) {
        this.#header[this.#headerBytes++] = bytes[index++]!
        if (this.#headerBytes === headerLength(this.#header, this.#headerBytes)) this.#startFrame()
      } else {
        const end = Math.min(bytes.length, index + this.#left)
        this.#payload(bytes.subarray(index, end))
        this.#left -= end - index
        index = end
      }
      if (this.#left === 0) this.#endFrame()
    }
  }

  #startFrame(): void {
    const header = this.#header
    const first = header[0]!
    const length = header[1]! & 0x7f
    this.#opcode = first & 0x0f
    this.#isFinal = (first & 0x80) !== 0
    this.#left =
      length === 127 ? Number(header.readBigUInt64BE(2)) : length === 126 ? header.readUInt16BE(2) : length
    this.#mask =
      (header[1]! & 0x80) === 0
        ? undefined
        : Buffer.from(header.subarray(this.#headerBytes - 4, this.#headerBytes))
    this.#maskOffset = 0
    this.#headerBytes = 0
    this.#broken = !this.#isAllowed(first)
    if (this.#broken || this.#opcode === CONTINUATION || this.#opcode >= CLOSE) return
    this.#inMessage = true
    this.#isWanted = true
    this.#listener.messageStarted((first & 0x40) !== 0)
  }

  #isAllowed(first: number): boolean {
    if ((first & 0x30) !== 0) return false
    if (this.#opcode >= CLOSE) return this.#isFinal && this.#left! <= MAX_CONTROL_BYTES
    return this.#opcode <= BINARY && (this.#opcode === CONTINUATION) === this.#inMessage
  }

  #payload(piece: Buffer): void {
    if (this.#opcode >= CLOSE) this.#control.push(this.#unmasked(piece))
    else if (this.#isWanted) this.#isWanted = this.#listener.messagePiece(this.#unmasked(piece))
  }

  #endFrame(): void {
    this.#left = undefined
    if (this.#opcode >= CLOSE) this.#endControl()
    else if (this.#isFinal) {
      this.#inMessage = false
      this.#listener.messageEnded()
    }
  }

  #endControl(): void {
    const payload = Buffer.concat(this.#control)
    this.#control = []
    if (this.#opcode !== CLOSE) return
    const code = payload.length < 2 ? undefined : payload.readUInt16BE(0)
    this.#listener.closing(code, payload.toString('utf8', 2))
  }

  /** Copies only what is masked. */
  #unmasked(piece: Buffer): Buffer {
    const mask = this.#mask
    if (mask === undefined) return piece
    const plain = Buffer.allocUnsafe(piece.length)
    const offset = this.#maskOffset
    for (let index = 0; index < piece.length; index++)
      plain[index] = piece[index]! ^ mask[(offset + index) & 3]!
    this.#maskOffset = (offset + piece.length) & 3
    return plain
  }
}

/** The length of a header, as far as its first `known` bytes tell. */
function headerLength(header: Buffer, known: number): number {
  if (known < 2) return 2
  const length = header[1]! & 0x7f
  const extended = length === 127 ? 8 : length === 126 ? 2 : 0
  return 2 + extended + ((header[1]! & 0x80) === 0 ? 0 : 4)
}
