import { ErrorCode, Http2Error } from './frames.ts'
import type { HeaderField } from './header-table.ts'
import { checkTrailers } from './request-headers.ts'
import { Http2Stream, type Outgoing } from './stream.ts'

/** Told of the parts of a request. */
export interface RequestListener {
  /** Part of the body, valid only during the call. */
  data(content: Buffer): void
  end(): void
  /** The request will not be completed, and needs no answer. */
  abort(): void
}

/** The connection of a stream. */
interface StreamOwner {
  respond(stream: ServerStream, headers: Buffer, outgoing?: Outgoing): void
  reset(stream: ServerStream, code: number): void
}

/** A request, and how to answer it. */
export class ServerStream extends Http2Stream {
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly #owner: StreamOwner
  #listener: RequestListener | undefined
  #bodyBytes = 0

  constructor(id: number, headers: Readonly<Record<string, string>>, sendWindow: number, owner: StreamOwner) {
    super(id, sendWindow)
    this.requestHeaders = headers
    this.#owner = owner
  }

  begin(listener: RequestListener): void {
    this.#listener = listener
    if (this.isRemoteClosed) this.onEnd()
  }

  /**
   * Answers the request; does nothing if the stream is over.
   *
   * @param headers encoded.
   * @param outgoing body and trailers; without them, the headers end the stream.
   */
  respond(headers: Buffer, outgoing?: Outgoing): void {
    this.#owner.respond(this, headers, outgoing)
  }

  reset(code: number): void {
    this.#owner.reset(this, code)
  }

  override onHeaders(fields: readonly HeaderField[], isEnd: boolean): void {
    if (!isEnd) throw new Http2Error(ErrorCode.protocol, 'HEADERS in the middle', this.id)
    checkTrailers(this.id, fields)
  }

  override onData(content: Buffer): void {
    this.#bodyBytes += content.byteLength
    this.#listener?.data(content)
  }

  override onEnd(): void {
    const stated = this.requestHeaders['content-length']
    if (stated !== undefined && Number(stated) !== this.#bodyBytes) {
      throw new Http2Error(ErrorCode.protocol, 'not of the length it states', this.id)
    }
    this.#listener?.end()
  }

  override onAbort(): void {
    this.#listener?.abort()
  }

  override onFlushed(): void {}
}
