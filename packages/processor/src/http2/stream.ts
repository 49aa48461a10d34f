import type { HeaderField } from './header-table.ts'

/** What is still to be sent on a stream. */
export interface Outgoing {
  /** The content of DATA frames. */
  readonly parts: Uint8Array[]
  /** The encoded trailers that end the stream; without them, the last DATA frame ends it. */
  readonly trailers: Buffer | undefined
}

/** A stream, as far as it is the same for both ends. */
export abstract class Http2Stream {
  readonly id: number
  /** How many bytes the peer allows us to send. */
  sendWindow: number
  /** Bytes received since the peer was last sent a WINDOW_UPDATE. */
  receivedBytes = 0
  /** Whether the peer has sent everything. */
  isRemoteClosed = false
  /** Whether we have sent everything. */
  isLocalClosed = false
  outgoing: Outgoing | undefined

  constructor(id: number, sendWindow: number) {
    this.id = id
    this.sendWindow = sendWindow
  }

  /** Called with headers or trailers. @throws Http2Error */
  abstract onHeaders(fields: readonly HeaderField[], isEnd: boolean): void
  /** Called with content, which is valid only during the call. @throws Http2Error */
  abstract onData(content: Buffer): void
  /** The peer has sent everything. @throws Http2Error */
  abstract onEnd(): void
  /** The stream has ended early. */
  abstract onAbort(error: Error): void
  /** Everything that is to be sent has been handed to the system: its memory may be reused. */
  abstract onFlushed(): void
}
