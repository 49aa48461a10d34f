import type { HeaderField } from './header-table.ts'

/** What is still to be sent of a stream. */
export interface Outgoing {
  /** Contents of DATA frames. */
  readonly parts: Uint8Array[]
  /** Header block of the trailers that end the stream; without it the last DATA frame does. */
  readonly trailers: Buffer | undefined
}

/** One stream, as far as both ends see it alike; what it means is in the methods. */
export abstract class Http2Stream {
  readonly id: number
  /** How much the peer lets us send. */
  sendWindow: number
  /** Received since the peer was last given room. */
  receivedBytes = 0
  /** The peer has sent all of it. */
  isRemoteClosed = false
  /** We have. */
  isLocalClosed = false
  outgoing: Outgoing | undefined

  constructor(id: number, sendWindow: number) {
    this.id = id
    this.sendWindow = sendWindow
  }

  /** Headers or trailers have come. @throws Http2Error */
  abstract onHeaders(fields: readonly HeaderField[], isEnd: boolean): void
  /** Valid until it returns. @throws Http2Error */
  abstract onData(content: Buffer): void
  /** The peer has sent all. @throws Http2Error */
  abstract onEnd(): void
  /** It is over before its end. */
  abstract onAbort(error: Error): void
  /** All that was to be sent was handed to the system: its memory is free again. */
  abstract onFlushed(): void
}
