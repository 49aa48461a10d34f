import type { Socket } from 'node:net'
import { requestTooSlow } from '../protocol/otlp-error.ts'
import { BodyCollector, type BodyLimits, type PooledBytes } from './body-collector.ts'
import type { ExportHead } from './export-exchange.ts'
import { encodeResponse, type RawResponse } from './raw-response.ts'
import type { ReadingTurns } from './reading-turns.ts'
import { type RequestHead, readRequestHead } from './request-head.ts'
import { readInto } from './socket-reading.ts'

/** What is done with requests. */
export interface RequestHandler {
  readonly limits: BodyLimits
  readonly turns: ReadingTurns
  /** Milliseconds, as for the receiver. */
  readonly readHeaderTimeout: number
  readonly readTimeout: number
  readonly keepAliveTimeout: number
  /** `undefined` for a request that Node's server should handle. */
  accept(head: RequestHead): ExportHead | undefined
  /** Takes the body's memory over. Never rejects. */
  respond(head: ExportHead, body: PooledBytes, socket: Socket): Promise<RawResponse>
  refuse(thrown: unknown, head: ExportHead, socket: Socket): RawResponse
}

interface ConnectionHandler extends RequestHandler {
  /** Hands the connection, from these bytes on, to Node's server. */
  handOver(socket: Socket, unread: Buffer): void
  closed(connection: DirectConnection): void
}

/** A request whose body has not all come in. */
interface IncomingRequest {
  readonly head: ExportHead
  readonly collector: BodyCollector
}

/** Where the head and the first bytes of a body are read into. All connections share it: each uses it up within one `read`. */
const RECEIVED = Buffer.allocUnsafeSlow(64 * 2 ** 10)
const NOTHING = Buffer.alloc(0)

/**
 * A connection whose request bodies are read straight into the memory where they stay. It handles simple requests, as
 * exporters send them, one after the other; from the first that is not simple on, Node's server has the connection.
 */
export class DirectConnection {
  readonly #handler: ConnectionHandler
  readonly #socket: Socket
  #request: IncomingRequest | undefined
  #isAnswering = false
  /** Not reading, until `readOn` is called. */
  #isWaiting = false
  #isHandedOver = false
  #isClosing = false
  /** Bytes that came in while the previous request was being answered. */
  #unread: Buffer = NOTHING
  #deadline: number

  /** @param accepted a socket for which `canReadInto` is true. */
  constructor(accepted: Socket, handler: ConnectionHandler) {
    this.#handler = handler
    this.#deadline = performance.now() + handler.readHeaderTimeout
    this.#socket = readInto(accepted, {
      // While it waits, no memory is taken for the rest of the body.
      room: () => (this.#isWaiting ? RECEIVED : (this.#request?.collector.room() ?? RECEIVED)),
      read: (length, into) => this.#read(length, into),
    })
    this.#socket.on('end', this.#onEnd)
    this.#socket.on('error', this.#onError)
    this.#socket.on('close', this.#onClose)
  }

  /** Closes now if nothing is under way, otherwise after the next answer. */
  closeWhenIdle(): void {
    this.#isClosing = true
    if (this.#request === undefined && !this.#isAnswering) this.#socket.destroy()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** Cuts off a client that takes too long. @param now from `performance.now()`. */
  checkDeadline(now: number): void {
    if (now < this.#deadline || this.#isAnswering) return
    if (this.#request === undefined) this.#socket.destroy()
    else this.#refuse(requestTooSlow())
  }

  readOn(): void {
    this.#isWaiting = false
    this.#socket.read(0)
  }

  #read(length: number, into: Buffer): boolean {
    if (this.#isAnswering || this.#isHandedOver) {
      this.#unread = Buffer.concat([this.#unread, into.subarray(0, length)])
      return false
    }
    try {
      // The buffer was chosen after the previous read: a request that began since doesn't have these bytes in its memory.
      const isInPlace = this.#request !== undefined && into !== RECEIVED
      return isInPlace ? this.#advance(length) : this.#take(into.subarray(0, length))
    } catch (error) {
      this.#refuse(error)
      return true
    }
  }

  #advance(length: number): boolean {
    const request = this.#request as IncomingRequest
    request.collector.advance(length)
    if (request.collector.missing > 0) return this.#mayReadOn(request)
    this.#respond(request)
    return true
  }

  /** Returns false if there is more than one request in the bytes. */
  #take(bytes: Buffer): boolean {
    const start = this.#request === undefined ? this.#begin(bytes) : 0
    const request = this.#request
    if (request === undefined) {
      this.#handOver(bytes)
      return true
    }
    const end = Math.min(bytes.byteLength, start + request.collector.missing)
    request.collector.push(bytes.subarray(start, end))
    if (request.collector.missing > 0) return this.#mayReadOn(request)
    if (end < bytes.byteLength) this.#unread = Buffer.from(bytes.subarray(end))
    this.#respond(request)
    return this.#unread.byteLength === 0
  }

  #mayReadOn({ collector }: IncomingRequest): boolean {
    this.#isWaiting = collector.isLarge && !this.#handler.turns.mayReadOn(this)
    return !this.#isWaiting
  }

  /** Begins a request, if it is a simple one. Returns where its body begins. */
  #begin(bytes: Buffer): number {
    const head = readRequestHead(bytes)
    this.#request = head && this.#accept(head)
    this.#deadline = performance.now() + this.#handler.readTimeout
    return head?.end ?? 0
  }

  #accept(head: RequestHead): IncomingRequest | undefined {
    try {
      const accepted = this.#handler.accept(head)
      if (accepted === undefined) return undefined
      return { head: accepted, collector: new BodyCollector(this.#handler.limits, head.contentLength) }
    } catch {
      return undefined // Node's server will run into the same error, and answer it
    }
  }

  #respond({ head, collector }: IncomingRequest): void {
    this.#request = undefined
    this.#isAnswering = true
    void this.#handler.respond(head, collector.finish(), this.#socket).then((response) => {
      this.#isAnswering = false
      this.#handler.turns.done(this)
      this.#send(response)
    })
  }

  /** Refuses a request that has not all come in, and closes the connection. */
  #refuse(thrown: unknown): void {
    const { head, collector } = this.#request as IncomingRequest
    this.#request = undefined
    this.#handler.turns.done(this)
    this.#isClosing = true
    // Nothing may be read any more into memory that is released.
    this.#socket.pause()
    collector.release()
    this.#send(this.#handler.refuse(thrown, head, this.#socket))
  }

  #send({ status, headers, body }: RawResponse): void {
    if (this.#socket.destroyed) return
    const persists = !this.#isClosing
    const connection = persists
      ? {
          connection: 'keep-alive',
          'keep-alive': `timeout=${Math.floor(this.#handler.keepAliveTimeout / 1_000)}`,
        }
      : { connection: 'close' }
    const isSent = this.#socket.write(
      encodeResponse({ status, headers: { ...headers, ...connection }, body }),
    )
    if (!persists) this.#socket.destroySoon()
    else if (isSent) this.#next()
    else this.#socket.once('drain', () => this.#next())
  }

  #next(): void {
    this.#deadline = performance.now() + this.#handler.keepAliveTimeout
    const unread = this.#unread
    if (unread.byteLength === 0) return
    this.#unread = NOTHING
    if (this.#read(unread.byteLength, unread)) this.#socket.read(0)
  }

  #handOver(bytes: Buffer): void {
    this.#isHandedOver = true
    this.#socket.off('end', this.#onEnd).off('error', this.#onError).off('close', this.#onClose)
    this.#handler.closed(this)
    this.#handler.handOver(this.#socket, Buffer.from(bytes))
  }

  readonly #onEnd = (): void => {
    if (this.#isAnswering) this.#isClosing = true
    else this.#socket.destroy()
  }

  readonly #onError = (): void => undefined

  readonly #onClose = (): void => {
    this.#request?.collector.release()
    this.#request = undefined
    this.#handler.turns.done(this)
    this.#handler.closed(this)
  }
}
