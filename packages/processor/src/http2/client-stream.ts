import { ErrorCode, Http2Error } from './frames.ts'
import type { HeaderField } from './header-table.ts'
import { Http2Stream } from './stream.ts'

/** A complete response, with headers and trailers in one object. */
export interface Http2Answer {
  readonly headers: Readonly<Record<string, string>>
  /** `undefined` if it is longer than the limit; its trailers were not waited for then. */
  readonly body: Buffer | undefined
}

/** Settled once, and only when nobody needs the request's memory any more. */
export interface AnswerListener {
  resolve(answer: Http2Answer): void
  reject(error: Error): void
}

/** A request and its response. */
export class ClientStream extends Http2Stream {
  /** Whether all that will be sent of the request has been handed to the system. */
  isFlushed = false
  readonly #maxBytes: number
  readonly #listener: AnswerListener
  readonly #headers: Record<string, string> = Object.create(null)
  readonly #chunks: Buffer[] = []
  #bytes = 0
  #isEnded = false
  #failure: Error | undefined

  /** @param maxBytes of the answer's body. */
  constructor(id: number, sendWindow: number, maxBytes: number, listener: AnswerListener) {
    super(id, sendWindow)
    this.#maxBytes = maxBytes
    this.#listener = listener
  }

  override onHeaders(fields: readonly HeaderField[]): void {
    for (const [name, value] of fields) {
      this.#headers[name] =
        name in this.#headers && !name.startsWith(':') ? `${this.#headers[name]}, ${value}` : value
    }
  }

  override onData(content: Buffer): void {
    this.#bytes += content.byteLength
    if (this.#bytes > this.#maxBytes) {
      this.#isEnded = true
      throw new Http2Error(ErrorCode.cancel, 'the answer is too long', this.id)
    }
    this.#chunks.push(Buffer.from(content))
  }

  override onEnd(): void {
    this.#isEnded = true
    this.#settle()
  }

  override onAbort(error: Error): void {
    if (this.#isEnded) return
    this.#failure = error
    this.#isEnded = true
    this.#settle()
  }

  override onFlushed(): void {
    this.isFlushed = true
    this.#settle()
  }

  #settle(): void {
    if (!this.#isEnded || !this.isFlushed) return
    const isTooLong = this.#bytes > this.#maxBytes
    if (this.#failure !== undefined) this.#listener.reject(this.#failure)
    else
      this.#listener.resolve({
        headers: this.#headers,
        body: isTooLong ? undefined : Buffer.concat(this.#chunks),
      })
  }
}
