import type { Duplex } from 'node:stream'
import { type AnswerListener, ClientStream, type Http2Answer } from './client-stream.ts'
import { Http2Connection } from './connection.ts'
import { ErrorCode, Http2Error } from './frames.ts'
import type { HeaderField } from './header-table.ts'

/** A connection that takes no bytes for this long after a cancelled request is closed, to free the request's memory. */
const FLUSH_TIMEOUT_MS = 1_000
/** After this stream, another connection is needed. */
const LAST_STREAM_ID = 2 ** 31 - 1

export interface Http2ClientRequest {
  /** Encoded. */
  readonly headers: Buffer
  /** The body, in parts. */
  readonly parts: Uint8Array[]
  /** Of the response body. */
  readonly maxBytes: number
}

/** A request under way. */
export interface PendingAnswer {
  /** Settles only when nobody needs the memory of the request's body any more. */
  readonly answer: Promise<Http2Answer>
  cancel(error: Error): void
}

/** The client's end of a connection. */
export class ClientConnection extends Http2Connection<ClientStream> {
  /** Requests that wait until the server allows another stream. */
  readonly #waiting = new Set<() => void>()
  #nextId = 1
  #isGoingAway = false

  constructor(socket: Duplex) {
    super(socket, 'client')
  }

  /** Whether further requests may be sent over the connection. */
  get isUsable(): boolean {
    return this.isOpen && !this.#isGoingAway && this.#nextId < LAST_STREAM_ID
  }

  request(request: Http2ClientRequest): PendingAnswer {
    const { promise, resolve, reject } = Promise.withResolvers<Http2Answer>()
    let stream: ClientStream | undefined
    const start = (): void => {
      if (this.isUsable) stream = this.#open(request, { resolve, reject })
      else reject(new Error('the connection was closed'))
    }
    if (this.streams.size < this.peer.maxConcurrentStreams) start()
    else this.#waiting.add(start)
    return {
      answer: promise,
      cancel: (error) => {
        if (stream !== undefined) this.#cancel(stream, error)
        else if (this.#waiting.delete(start)) reject(error)
      },
    }
  }

  /** Takes no more requests; those under way are finished. */
  retire(): void {
    this.#isGoingAway = true
    this.#startNext()
  }

  protected override goAway(): void {
    this.destroy()
  }

  protected override onSettings(): void {
    this.#startNext()
  }

  protected override onOpen(id: number, _fields: readonly HeaderField[] | undefined): void {
    if (this.isIdle(id)) throw new Http2Error(ErrorCode.protocol, 'HEADERS of no stream')
  }

  protected override onRemoteEnd(stream: ClientStream): void {
    // If the response came before all of the request was sent, nobody reads the rest.
    if (!stream.isLocalClosed) this.resetStream(stream.id, ErrorCode.cancel)
  }

  protected override onGoAway(lastStreamId: number): void {
    for (const stream of [...this.streams.values()]) {
      if (stream.id > lastStreamId) this.#cancel(stream, new Error('the server goes away'))
    }
    this.retire()
  }

  protected override onClosed(): void {
    for (const start of this.#waiting) start()
    this.#waiting.clear()
  }

  #open({ headers, parts, maxBytes }: Http2ClientRequest, listener: AnswerListener): ClientStream {
    const id = this.#nextId
    this.#nextId += 2
    this.lastStreamId = id
    const stream = new ClientStream(id, this.peer.initialWindow, maxBytes, {
      resolve: (answer) => {
        listener.resolve(answer)
        this.#startNext()
      },
      reject: (error) => {
        listener.reject(error)
        this.#startNext()
      },
    })
    this.streams.set(id, stream)
    this.send(stream, headers, { parts, trailers: undefined })
    return stream
  }

  #cancel(stream: ClientStream, error: Error): void {
    if (this.streams.has(stream.id)) {
      this.resetStream(stream.id, ErrorCode.cancel)
      stream.onAbort(error)
    }
    if (stream.isFlushed) return
    setTimeout(() => {
      if (!stream.isFlushed) this.destroy()
    }, FLUSH_TIMEOUT_MS)
  }

  /** To be called when a stream is over: starts requests that wait. */
  #startNext(): void {
    for (const start of this.#waiting) {
      if (this.streams.size >= this.peer.maxConcurrentStreams) break
      this.#waiting.delete(start)
      start()
    }
    if (this.#isGoingAway && this.streams.size === 0 && this.#waiting.size === 0) this.destroy()
  }
}
