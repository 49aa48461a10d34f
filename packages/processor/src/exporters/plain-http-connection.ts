import type { Socket } from 'node:net'
import { connectTcp } from './connect-tcp.ts'
import type { HttpClientOptions, WholeResponse } from './http-client.ts'
import { type ReadResponse, ResponseReader } from './response-reader.ts'

/** A request that waits for a connection and then for its response. Settled once. */
export interface Exchange {
  readonly head: string
  readonly body: Uint8Array
  /** Set while the request is under way. */
  connection: PlainHttpConnection | undefined
  resolve(response: WholeResponse): void
  reject(error: Error): void
}

interface ConnectionListener {
  /** The connection is ready for another request. */
  free(): void
  closed(): void
}

/** A connection that carries one request at a time. */
export class PlainHttpConnection {
  readonly #options: HttpClientOptions
  readonly #listener: ConnectionListener
  readonly #socket: Socket
  #exchange: Exchange | undefined
  #reader: ResponseReader | undefined
  #deadline: NodeJS.Timeout | undefined
  #idleUntil = 0

  constructor(options: HttpClientOptions, listener: ConnectionListener) {
    this.#options = options
    this.#listener = listener
    this.#socket = connectTcp(new URL(options.origin), (bytes) => this.#read(bytes))
    this.#socket.on('end', () => this.#answer(this.#reader?.end()))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('close', () => {
      this.#fail(new Error('the connection was closed before the answer'))
      this.#listener.closed()
    })
  }

  /** Whether the server has probably not closed the connection meanwhile. */
  get isUsable(): boolean {
    return this.#socket.writable && performance.now() < this.#idleUntil
  }

  send(exchange: Exchange): void {
    const { timeout, maxBytes } = this.#options
    exchange.connection = this
    this.#exchange = exchange
    this.#reader = new ResponseReader(maxBytes)
    this.#deadline = setTimeout(() => this.#fail(new Error(`no answer within ${timeout} ms`)), timeout)
    this.#socket.cork()
    this.#socket.write(exchange.head, 'latin1')
    this.#socket.write(exchange.body)
    this.#socket.uncork()
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(bytes: Buffer): void {
    if (this.#reader === undefined) this.close() // bytes without a request
    try {
      this.#answer(this.#reader?.push(bytes))
    } catch (error) {
      this.#fail(error as Error)
    }
  }

  #answer(response: ReadResponse | undefined): void {
    const exchange = this.#exchange
    if (response === undefined || exchange === undefined) return
    this.#finish()
    // If the response came before all of the request was sent, the rest must not be sent: its memory is about to be reused.
    const isReusable = response.keepAliveMs > 0 && this.#socket.writable && this.#socket.writableLength === 0
    if (isReusable) this.#idleUntil = performance.now() + response.keepAliveMs
    else this.close()
    exchange.resolve(response)
    if (isReusable) this.#listener.free()
  }

  #fail(error: Error): void {
    const exchange = this.#exchange
    this.#finish()
    this.close()
    exchange?.reject(error)
  }

  #finish(): void {
    clearTimeout(this.#deadline)
    if (this.#exchange !== undefined) this.#exchange.connection = undefined
    this.#exchange = undefined
    this.#reader = undefined
  }
}
