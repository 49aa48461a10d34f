import type { InflateRaw } from 'node:zlib'

/** What a sender leaves out at the end of each message: RFC 7692, section 7.2.1. */
const LEFT_OUT = Buffer.from([0x00, 0x00, 0xff, 0xff])
/** A decompressor that falls behind by more than this is given up. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024

/**
 * Decompresses the messages of one side of a WebSocket connection, for us alone and off the main thread. Each may refer
 * to those before it, so none can be skipped: RFC 7692, "permessage-deflate".
 */
export class MessageInflater {
  readonly #onPiece: (piece: Buffer) => void
  #stream: InflateRaw | undefined
  /** Called in turn, once all of a message has been handed on. */
  readonly #waiting: ((readable: boolean) => void)[] = []
  #broken = false

  constructor(onPiece: (piece: Buffer) => void) {
    this.#onPiece = onPiece
  }

  write(piece: Uint8Array): void {
    if (this.#broken) return
    this.#stream ??= this.#open()
    if (this.#stream.writableLength > MAX_BACKLOG_BYTES) this.close()
    else this.#stream.write(piece)
  }

  /** @param done called with false where the message couldn't be read, nor will any after it. */
  endMessage(done: (readable: boolean) => void): void {
    if (this.#broken) {
      done(false)
      return
    }
    this.#waiting.push(done)
    this.#stream ??= this.#open()
    this.#stream.write(LEFT_OUT, () => this.#waiting.shift()?.(true))
  }

  close(): void {
    this.#broken = true
    this.#stream?.destroy()
    for (const done of this.#waiting.splice(0)) done(false)
  }

  #open(): InflateRaw {
    const { constants, createInflateRaw } = process.getBuiltinModule('node:zlib')
    const stream = createInflateRaw({ flush: constants.Z_SYNC_FLUSH })
    stream.on('data', this.#onPiece)
    stream.on('error', () => this.close())
    // A sender may end its deflate stream with a message; the next message then begins a new one.
    stream.on('end', () => {
      this.#stream = undefined
      this.#waiting.shift()?.(true)
      if (this.#waiting.length > 0) this.close()
    })
    return stream
  }
}
