import type { IncomingHttpHeaders } from 'node:http'
import { byText } from '../otlp/by-text.ts'
import type { WholeResponse } from './http-client.ts'

/** A response that needs a complete HTTP implementation. */
export class UnusualResponseError extends Error {
  override readonly name = 'UnusualResponseError'
}

export interface ReadResponse extends WholeResponse {
  /** For how long the connection may be used again, in milliseconds; 0: not at all. */
  readonly keepAliveMs: number
}

interface Head {
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
  /** From `Content-Length`; -1 for chunks, Infinity for a body that ends with the connection. */
  readonly bodyLength: number
  readonly keepAliveMs: number
}

const MAX_HEAD_BYTES = 16 * 2 ** 10
const HEAD_END = '\r\n\r\n'
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [^\r\n]*)?$/
const HEADER_LINE = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([^\r\n\0]*?)[ \t]*$/
const CHUNK_LINE = /^([0-9a-f]{1,8})[ \t]*(?:;[^\r\n]*)?$/i
/** Assumed for servers that don't say how long they keep a connection; undici assumes the same. */
const KEEP_ALIVE_MS = 4_000
/** A connection is given up this long before the server closes it, so that no request is sent while it does. */
const KEEP_ALIVE_MARGIN_MS = 2_000

/**
 * Strictly reads one HTTP/1.1 response from bytes as they come in: with a length, in chunks, or until the connection ends.
 * Takes time linear in the bytes, however they are cut.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export class ResponseReader {
  readonly #maxBytes: number
  #bytes: Buffer = Buffer.alloc(0)
  #length = 0
  /** Everything before this position has been read. */
  #position = 0
  #head: Head | undefined
  #chunks: Buffer[] = []
  #chunkBytes = 0

  /** @param maxBytes of the body. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Returns the response once it is complete. Copies what it keeps. @throws UnusualResponseError */
  push(bytes: Buffer): ReadResponse | undefined {
    this.#append(bytes)
    while (this.#head === undefined) if (!this.#readHead()) return undefined
    const { bodyLength } = this.#head
    if (bodyLength === -1) return this.#readChunks(this.#head)
    const received = this.#length - this.#position
    if (Math.min(received, bodyLength) > this.#maxBytes) return this.#respond(this.#head, undefined)
    if (received < bodyLength) return undefined
    return this.#respond(this.#head, this.#take(bodyLength))
  }

  /** To be called when the connection has ended. Returns the response if it ends there. */
  end(): ReadResponse | undefined {
    if (this.#head?.bodyLength !== Number.POSITIVE_INFINITY) return undefined
    return this.#respond(this.#head, this.#take(this.#length - this.#position))
  }

  #append(bytes: Buffer): void {
    const needed = this.#length + bytes.byteLength
    if (needed > this.#bytes.byteLength) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.byteLength))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    bytes.copy(this.#bytes, this.#length)
    this.#length = needed
  }

  /** Returns whether there was a complete head. Interim responses (1xx) are skipped. */
  #readHead(): boolean {
    const end = this.#bytes.subarray(0, this.#length).indexOf(HEAD_END, this.#position, 'latin1')
    if ((end === -1 ? this.#length : end) - this.#position > MAX_HEAD_BYTES) throw unusual('headers too long')
    if (end === -1) return false
    const head = readHead(this.#bytes.toString('latin1', this.#position, end))
    this.#position = end + HEAD_END.length
    if (head.statusCode >= 200) this.#head = head
    return true
  }

  #readChunks(head: Head): ReadResponse | undefined {
    for (;;) {
      const lineEnd = this.#bytes.subarray(0, this.#length).indexOf('\r\n', this.#position, 'latin1')
      if (lineEnd === -1) {
        if (this.#length - this.#position > MAX_HEAD_BYTES) throw unusual('chunk line too long')
        return undefined
      }
      const line = this.#bytes.toString('latin1', this.#position, lineEnd)
      const size = Number.parseInt(CHUNK_LINE.exec(line)?.[1] ?? '', 16)
      if (Number.isNaN(size)) throw unusual('bad chunk')
      if (size === 0) return this.#readTrailers(head, lineEnd)
      if (this.#chunkBytes + size > this.#maxBytes) return this.#respond(head, undefined)
      const end = lineEnd + 2 + size
      if (this.#length < end + 2) return undefined
      if (this.#bytes.toString('latin1', end, end + 2) !== '\r\n') throw unusual('bad chunk')
      this.#chunks.push(Buffer.from(this.#bytes.subarray(lineEnd + 2, end)))
      this.#chunkBytes += size
      this.#position = end + 2
    }
  }

  /** After the last chunk's line: trailers, which mean nothing to us, and an empty line. */
  #readTrailers(head: Head, lastLineEnd: number): ReadResponse | undefined {
    const end = this.#bytes.subarray(0, this.#length).indexOf(HEAD_END, lastLineEnd, 'latin1')
    if (end === -1) {
      if (this.#length - lastLineEnd > MAX_HEAD_BYTES) throw unusual('trailers too long')
      return undefined
    }
    this.#position = end + HEAD_END.length
    return this.#respond(head, Buffer.concat(this.#chunks))
  }

  #take(length: number): Buffer {
    const body = Buffer.from(this.#bytes.subarray(this.#position, this.#position + length))
    this.#position += length
    return body
  }

  #respond({ statusCode, headers, keepAliveMs }: Head, body: Buffer | undefined): ReadResponse {
    // With bytes left over, it isn't known what they answer: the connection is not used again.
    const isClean = body !== undefined && this.#position === this.#length
    return { statusCode, headers, body, keepAliveMs: isClean ? keepAliveMs : 0 }
  }
}

/** Remembered, as all heads that a backend sends within a second are the same. */
const readHead = byText((text): Head => {
  const [statusLine, ...lines] = text.split('\r\n')
  const [, minor, status] = STATUS_LINE.exec(statusLine as string) ?? []
  if (status === undefined) throw unusual('not an HTTP/1.1 response')
  const statusCode = Number(status)
  if (statusCode === 101) throw unusual('protocol switched')
  if (statusCode < 200) return { statusCode, headers: {}, bodyLength: 0, keepAliveMs: 0 }
  const headers = readHeaders(lines)
  const length = bodyLength(statusCode, headers)
  const persists = minor === '1' && Number.isFinite(length)
  return { statusCode, headers, bodyLength: length, keepAliveMs: persists ? keepAlive(headers) : 0 }
})

function readHeaders(lines: readonly string[]): IncomingHttpHeaders {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name, value] = HEADER_LINE.exec(line) ?? []
    if (name === undefined || value === undefined) throw unusual('bad header')
    const key = name.toLowerCase()
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value
  }
  return headers
}

function bodyLength(statusCode: number, headers: IncomingHttpHeaders): number {
  if (statusCode === 204 || statusCode === 304) return 0
  const { 'transfer-encoding': transferEncoding, 'content-length': length } = headers
  if (transferEncoding !== undefined) {
    if (transferEncoding.toLowerCase() !== 'chunked' || length !== undefined)
      throw unusual('transfer encoding')
    return -1
  }
  if (length === undefined) return Number.POSITIVE_INFINITY
  if (!/^\d{1,15}$/.test(length)) throw unusual('bad content length')
  return Number(length)
}

function keepAlive(headers: IncomingHttpHeaders): number {
  if (/\bclose\b/i.test(headers.connection ?? '')) return 0
  const hint = /\btimeout=(\d{1,9})\b/i.exec(String(headers['keep-alive'] ?? ''))?.[1]
  return hint === undefined ? KEEP_ALIVE_MS : Math.max(0, Number(hint) * 1_000 - KEEP_ALIVE_MARGIN_MS)
}

function unusual(what: string): UnusualResponseError {
  return new UnusualResponseError(`unusual response: ${what}`)
}
