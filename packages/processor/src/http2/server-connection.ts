import type { Duplex } from 'node:stream'
import { Http2Connection } from './connection.ts'
import { MAX_CONCURRENT_STREAMS } from './connection-preface.ts'
import { ErrorCode, encodeGoAway, Http2Error, PREFACE } from './frames.ts'
import type { HeaderField } from './header-table.ts'
import { readRequestHeaders } from './request-headers.ts'
import { type RequestListener, ServerStream } from './server-stream.ts'
import type { Outgoing } from './stream.ts'

/** A client that leaves more bytes than this unread is disconnected. */
const MAX_UNSENT_BYTES = 2 ** 20

export interface ServerListener {
  request(stream: ServerStream): RequestListener
  /** The client's first settings have come in. */
  ready(): void
  closed(connection: ServerConnection): void
}

/** The server's end of a connection. */
export class ServerConnection extends Http2Connection<ServerStream> {
  readonly #listener: ServerListener
  #prefaceBytes = 0
  #isClosing = false

  constructor(socket: Duplex, listener: ServerListener) {
    super(socket, 'server')
    this.#listener = listener
  }

  override receive(bytes: Buffer): void {
    super.receive(bytes)
    if (this.socket.writableLength > MAX_UNSENT_BYTES) this.destroy()
  }

  /** Takes no more requests, and closes once those under way are answered. */
  close(): void {
    if (!this.#isClosing && this.isOpen) this.socket.write(encodeGoAway(this.lastStreamId, ErrorCode.none))
    this.#isClosing = true
    this.#closeIfDone()
  }

  /** The client sends nothing any more, so that incomplete requests stay incomplete. */
  endOfInput(): void {
    for (const stream of [...this.streams.values()]) {
      if (!stream.isRemoteClosed) this.reset(stream, ErrorCode.cancel)
    }
    this.close()
  }

  respond(stream: ServerStream, headers: Buffer, outgoing?: Outgoing): void {
    if (!this.isOpen || !this.streams.has(stream.id)) return
    this.send(stream, headers, outgoing)
    // The rest of the request isn't needed.
    if (!stream.isRemoteClosed) this.resetStream(stream.id, ErrorCode.none)
    else this.floodGuard?.credit()
    this.#closeIfDone()
  }

  reset(stream: ServerStream, code: number): void {
    if (this.streams.has(stream.id)) {
      this.resetStream(stream.id, code)
      stream.onAbort()
    }
    this.#closeIfDone()
  }

  protected override read(bytes: Buffer): void {
    super.read(this.#prefaceBytes === PREFACE.byteLength ? bytes : this.#afterPreface(bytes))
  }

  protected override onSettings(isFirst: boolean): void {
    if (isFirst) this.#listener.ready()
  }

  protected override onOpen(id: number, fields: readonly HeaderField[] | undefined, isEnd: boolean): void {
    if (id % 2 === 0) throw new Http2Error(ErrorCode.protocol, 'not a stream of a client')
    if (!this.isIdle(id)) throw new Http2Error(ErrorCode.streamClosed, 'HEADERS after its end')
    this.lastStreamId = id
    if (this.#isClosing || this.streams.size >= MAX_CONCURRENT_STREAMS) {
      this.floodGuard?.note()
      throw new Http2Error(ErrorCode.refusedStream, 'too many streams', id)
    }
    if (fields === undefined) throw new Http2Error(ErrorCode.enhanceYourCalm, 'headers too long', id)
    const stream = new ServerStream(id, readRequestHeaders(id, fields), this.peer.initialWindow, this)
    this.streams.set(id, stream)
    stream.isRemoteClosed = isEnd
    stream.begin(this.#listener.request(stream))
  }

  protected override onRemoteEnd(): void {}

  protected override onGoAway(): void {
    this.close()
  }

  protected override onClosed(): void {
    this.#listener.closed(this)
  }

  #afterPreface(bytes: Buffer): Buffer {
    const length = Math.min(bytes.byteLength, PREFACE.byteLength - this.#prefaceBytes)
    const expected = PREFACE.subarray(this.#prefaceBytes, this.#prefaceBytes + length)
    if (!expected.equals(bytes.subarray(0, length))) throw new Http2Error(ErrorCode.protocol, 'not HTTP/2')
    this.#prefaceBytes += length
    return bytes.subarray(length)
  }

  #closeIfDone(): void {
    if (this.#isClosing && this.isOpen && this.streams.size === 0) this.goAway(ErrorCode.none)
  }
}
