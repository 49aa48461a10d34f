import type { Buffer } from 'node:buffer'
import type { ObservedBody } from '../wire/types.ts'
import { type MessageListener, WebSocketFrames } from '../wire/websocket-frames.ts'
import { BodyRecorder } from './body-recorder.ts'
import { MessageInflater } from './message-inflater.ts'

/** How many bytes are needed to tell whether a message is wanted. */
const BEGINNING_BYTES = 64

export interface MessageReaderOptions {
  /** @param beginning of a message, or all of it. @returns whether the message is to be kept. */
  wants(beginning: Buffer): boolean
  /**
   * Called when the last byte of a message has come. It returns a function that is called with the message once that is
   * readable, or with `undefined` if it is empty or unwanted.
   */
  onArrival(compressed: boolean): (message: ObservedBody | undefined) => void
  onClosing(code: number | undefined, reason: string): void
  /** The messages can't be followed any longer. */
  onLost(): void
}

/**
 * The messages of one side of a WebSocket connection, each cut to what a call keeps of a body. Unwanted ones, audio
 * above all, are skipped after their first bytes.
 */
export class MessageReader implements MessageListener {
  readonly #options: MessageReaderOptions
  readonly #frames = new WebSocketFrames(this)
  readonly #inflater = new MessageInflater((piece) => void this.#inflating[0]?.add(piece))
  /** Compressed messages that are still being decompressed; an uncompressed one may have come since. */
  readonly #inflating: Message[] = []
  #current: Message

  constructor(options: MessageReaderOptions) {
    this.#options = options
    this.#current = new Message(options, false)
  }

  write(chunk: Uint8Array): void {
    this.#frames.write(chunk)
  }

  close(): void {
    this.#inflater.close()
  }

  messageStarted(compressed: boolean): void {
    this.#current = new Message(this.#options, compressed)
    if (compressed) this.#inflating.push(this.#current)
  }

  messagePiece(piece: Buffer): boolean {
    if (!this.#current.isCompressed) return this.#current.add(piece)
    this.#inflater.write(piece)
    return true
  }

  messageEnded(): void {
    const message = this.#current
    const deliver = this.#options.onArrival(message.isCompressed)
    if (!message.isCompressed) {
      deliver(message.finish())
      return
    }
    this.#inflater.endMessage((readable) => {
      this.#inflating.shift()
      deliver(readable ? message.finish() : undefined)
      if (!readable) this.#options.onLost()
    })
  }

  closing(code: number | undefined, reason: string): void {
    this.#options.onClosing(code, reason)
  }
}

/** A message as it comes. */
class Message {
  readonly isCompressed: boolean
  readonly #options: MessageReaderOptions
  #recorder: BodyRecorder | undefined
  #isWanted: boolean | undefined

  constructor(options: MessageReaderOptions, isCompressed: boolean) {
    this.#options = options
    this.isCompressed = isCompressed
  }

  /** @returns whether more of it is wanted. */
  add(piece: Buffer): boolean {
    if (this.#isWanted === undefined) {
      this.#isWanted = piece.length < BEGINNING_BYTES || this.#options.wants(piece)
      if (this.#isWanted) this.#recorder = new BodyRecorder()
    }
    this.#recorder?.add(piece)
    return this.#isWanted
  }

  finish(): ObservedBody | undefined {
    const body = this.#recorder?.finish(true)
    this.#recorder?.release()
    return body
  }
}
