import type { IncomingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Attempt } from '../call/attempt.ts'
import type { HeaderReader } from '../request-head.ts'
import { safely } from '../safely.ts'

export const EXCHANGE: unique symbol = Symbol('spanmeter.exchange')

/** What we know of a request, kept on it: the only thing that is added to it. */
export interface UndiciExchange {
  attempt: Attempt | undefined
  withheld: (name: unknown) => boolean
  /** We have requested the usage of the stream, and keep it from the app. */
  injected: boolean
}

/** undici's own request, as its channels hand it over: https://github.com/nodejs/undici/blob/main/lib/core/request.js */
export interface UndiciRequest {
  [EXCHANGE]?: UndiciExchange
  readonly method: string
  readonly origin: string | URL
  readonly path: string
  /** Name, value, name, value, ...; one string before undici 6. */
  headers: (string | string[])[] | string
  body: unknown
  contentLength?: number | null
  addHeader?(name: string, value: string): unknown
  onBodySent?(chunk: unknown): unknown
  /** undici 5 and 6, which have no channel for the chunks of a response. */
  onData?(chunk: Uint8Array): boolean
  /** Later versions, which publish `undici:request:bodyChunkReceived` from here. */
  onResponseData?(chunk: Uint8Array): boolean
  onComplete?(trailers: unknown): unknown
  onResponseEnd?(trailers: unknown): unknown
  /** The protocol to go on with, once the server has agreed. */
  readonly upgrade?: string | null
  onUpgrade?(status: number, headers: RawHeaders, socket: Duplex, ...rest: unknown[]): unknown
  /** undici 8's name for it. */
  onRequestUpgrade?(status: number, headers: RawHeaders, socket: Duplex, ...rest: unknown[]): unknown
}

const PROTECTED = new WeakSet<object>()

/** Removes the withheld headers that are there already, and keeps others from adding them later. */
export function protectRequest(request: UndiciRequest, withheld: (name: unknown) => boolean): void {
  const { headers } = request
  if (Array.isArray(headers)) {
    for (let index = headers.length - 2; index >= 0; index -= 2) {
      const name = headers[index]
      if (typeof name === 'string' && withheld(name)) headers.splice(index, 2)
    }
  } else if (typeof headers === 'string') {
    const lines = headers.split('\r\n').filter((line) => !withheld(line.slice(0, line.indexOf(':'))))
    request.headers = lines.join('\r\n')
  }
  const prototype = Object.getPrototypeOf(request) as UndiciRequest
  if (PROTECTED.has(prototype)) return
  PROTECTED.add(prototype)
  const addHeader = prototype.addHeader
  if (addHeader === undefined) return
  // On the prototype, once for each copy of undici: V8 would handle requests with a method of their own more slowly.
  prototype.addHeader = function (this: UndiciRequest, name, value) {
    return this[EXCHANGE]?.withheld(name) === true ? this : addHeader.call(this, name, value)
  }
}

/**
 * Whether a copy of undici publishes the chunks of bodies, by the prototype of its requests: its code names the channel
 * if it does.
 */
const PUBLISHES_CHUNKS = new WeakMap<object, boolean>()

/** Where undici doesn't publish the chunks of bodies, takes them from the methods of this one request. */
export function tapRequest(request: UndiciRequest, attempt: Attempt): void {
  const prototype: object = Object.getPrototypeOf(request)
  let publishes = PUBLISHES_CHUNKS.get(prototype)
  if (publishes === undefined) {
    publishes = publishesChunks(request)
    PUBLISHES_CHUNKS.set(prototype, publishes)
  }
  if (publishes) return
  tapResponse(request)
  if (attempt.wantsRequestBody) tapRequestBody(request)
}

function publishesChunks(request: UndiciRequest): boolean {
  const source = request.onData ?? request.onResponseData
  return source === undefined || /bodyChunkReceived/.test(Function.prototype.toString.call(source))
}

function tapResponse(request: UndiciRequest): void {
  const onData = request.onData
  if (onData === undefined) return
  request.onData = function (chunk) {
    // Undefined after a redirection: the attempt continues with another request.
    safely('undici', () => this[EXCHANGE]?.attempt?.responseChunk(chunk))
    return onData.call(this, chunk)
  }
}

function tapRequestBody(request: UndiciRequest): void {
  const onBodySent = request.onBodySent
  if (onBodySent === undefined) return
  request.onBodySent = function (chunk) {
    safely('undici', () => observeSent(this, chunk))
    return onBodySent.call(this, chunk)
  }
}

/** No channel publishes the socket of an upgraded request: it is taken from a method of this one request. */
export function onUpgrade(request: UndiciRequest, see: (socket: Duplex) => void): void {
  const name = request.onUpgrade === undefined ? 'onRequestUpgrade' : 'onUpgrade'
  const original = request[name]
  if (original === undefined) return
  request[name] = function (status, headers, socket, ...rest) {
    safely('undici', () => see(socket))
    return original.call(this, status, headers, socket, ...rest)
  }
}

/** @param chunk of a body that is neither a string nor bytes: a stream, an iterable, a Blob. */
export function observeSent(request: UndiciRequest, chunk: unknown): void {
  const attempt = request[EXCHANGE]?.attempt
  if (attempt?.wantsRequestBody !== true) return
  attempt.requestChunk(typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array))
}

/**
 * Headers are views of the buffer read from the socket. They are copied if that is larger than this, so as not to keep
 * it alive.
 */
const MAX_SHARED_BYTES = 16 * 1024

/** Response headers: name, value, name, value, ...; or an object, from undici 8 over HTTP/2. */
export type RawHeaders = readonly (Buffer | string)[] | IncomingHttpHeaders

export function headersOf(raw: RawHeaders): HeaderReader {
  return isList(raw) ? listedHeaders(unshared(raw)) : namedHeaders(raw)
}

function namedHeaders(headers: IncomingHttpHeaders): HeaderReader {
  return (name) => headers[name]?.toString()
}

/** A function of its own: a closure keeps alive whatever any closure of the same function refers to. */
function listedHeaders(headers: readonly (Buffer | string)[]): HeaderReader {
  return (name) => {
    for (let index = 0; index + 1 < headers.length; index += 2) {
      if (isNamed(headers[index]!, name)) return headers[index + 1]!.toString()
    }
    return undefined
  }
}

function unshared(raw: readonly (Buffer | string)[]): readonly (Buffer | string)[] {
  const [first] = raw
  const isShared = typeof first === 'object' && first.buffer.byteLength > MAX_SHARED_BYTES
  return isShared ? raw.map(String) : raw
}

function isList(raw: RawHeaders): raw is readonly (Buffer | string)[] {
  return Array.isArray(raw)
}

/**
 * Decodes a candidate only if its length and first letter match.
 *
 * @param name in lower case.
 */
function isNamed(candidate: Buffer | string, name: string): boolean {
  if (candidate.length !== name.length) return false
  const first = typeof candidate === 'string' ? candidate.charCodeAt(0) : candidate[0]!
  return (first | 0x20) === name.charCodeAt(0) && candidate.toString().toLowerCase() === name
}

export function readRequestHeader({ headers }: UndiciRequest, name: string): string | undefined {
  if (!Array.isArray(headers)) return undefined
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (String(headers[index]).toLowerCase() === name) return String(headers[index + 1])
  }
  return undefined
}
