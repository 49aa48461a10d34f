import type { Transform } from 'node:stream'

/** Up to this many compressed bytes are decompressed in one go at the end, which is when they are wanted. */
const AT_ONCE_BYTES = 64 * 1024
/** The least that zlib takes. */
const MIN_CHUNK_BYTES = 64
/** The most that they may expand to: no answer of a model is larger, and memory stays bounded. */
const MAX_AT_ONCE_OUTPUT_BYTES = 64 * 1024 * 1024
/** A decompressor that falls behind by more than this is given up. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024

type Coding = 'gzip' | 'deflate' | 'br' | 'zstd'

/** @returns `undefined` where the body is plain. */
export function createContentDecoder(
  encoding: string | undefined,
  onDecoded: (chunk: Uint8Array) => void,
): ContentDecoder | undefined {
  const coding = encoding?.trim().toLowerCase()
  if (coding === undefined || coding === '' || coding === 'identity') return undefined
  return new ContentDecoder(coding === 'x-gzip' ? 'gzip' : coding, onDecoded)
}

/** Decompresses what passes, for us alone: the app still gets the bytes it was sent. Large bodies off the main thread. */
export class ContentDecoder {
  readonly #coding: string
  readonly #onDecoded: (chunk: Uint8Array) => void
  #pending: Uint8Array[] = []
  #pendingBytes = 0
  #stream: Transform | undefined
  #broken = false

  constructor(coding: string, onDecoded: (chunk: Uint8Array) => void) {
    this.#coding = coding
    this.#onDecoded = onDecoded
    this.#broken = !isCoding(coding)
  }

  write(chunk: Uint8Array): void {
    if (this.#broken) return
    if (this.#stream !== undefined) {
      if (this.#stream.writableLength > MAX_BACKLOG_BYTES) this.#giveUp()
      else this.#stream.write(chunk)
      return
    }
    this.#pending.push(chunk)
    this.#pendingBytes += chunk.length
    if (this.#pendingBytes > AT_ONCE_BYTES) this.#openStream()
  }

  /** @param done Called with false where the bytes weren't what they claimed to be; at once for small bodies. */
  finish(done: (readable: boolean) => void): void {
    const stream = this.#stream
    if (this.#broken || stream === undefined) {
      done(this.#decodeAtOnce())
      return
    }
    stream.once('close', () => done(!this.#broken))
    stream.end()
  }

  /** Decompresses what is there, if that can be done at once. */
  finishNow(): boolean {
    return this.#stream === undefined && this.#decodeAtOnce()
  }

  #decodeAtOnce(): boolean {
    if (this.#broken) return false
    if (this.#pendingBytes === 0) return true
    const bytes = this.#takePending()
    try {
      this.#onDecoded(decodeSync(this.#coding as Coding, bytes))
      return true
    } catch {
      this.#broken = true
      return false
    }
  }

  #openStream(): void {
    const bytes = this.#takePending()
    this.#stream = createStream(this.#coding as Coding, bytes)
    this.#stream.on('data', (chunk: Uint8Array) => this.#onDecoded(chunk))
    this.#stream.on('error', () => this.#giveUp())
    this.#stream.write(bytes)
  }

  #giveUp(): void {
    this.#broken = true
    this.#stream?.destroy()
  }

  #takePending(): Buffer {
    const bytes = Buffer.concat(this.#pending, this.#pendingBytes)
    this.#pending = []
    this.#pendingBytes = 0
    return bytes
  }
}

function isCoding(coding: string): coding is Coding {
  return coding === 'gzip' || coding === 'deflate' || coding === 'br' || coding === 'zstd'
}

/** Flushing at the end, instead of demanding one, reads bodies that were cut off as far as they go. */
function decodeSync(coding: Coding, bytes: Buffer): Buffer {
  const zlib = loadZlib()
  const { constants } = zlib
  // zlib's default of 16 KB costs more than everything else that is done for a short answer.
  const chunkSize = Math.min(8 * bytes.length + MIN_CHUNK_BYTES, 16 * 1024)
  const limits = { chunkSize, maxOutputLength: MAX_AT_ONCE_OUTPUT_BYTES }
  const options = { ...limits, finishFlush: constants.Z_SYNC_FLUSH }
  switch (coding) {
    case 'gzip':
      return zlib.gunzipSync(bytes, options)
    case 'deflate':
      return isRawDeflate(bytes) ? zlib.inflateRawSync(bytes, options) : zlib.inflateSync(bytes, options)
    case 'br':
      return zlib.brotliDecompressSync(bytes, { ...limits, finishFlush: constants.BROTLI_OPERATION_FLUSH })
    case 'zstd':
      return zlib.zstdDecompressSync(bytes, { ...limits, finishFlush: constants.ZSTD_e_flush })
  }
}

function createStream(coding: Coding, first: Uint8Array): Transform {
  const zlib = loadZlib()
  const { constants } = zlib
  const options = { finishFlush: constants.Z_SYNC_FLUSH }
  switch (coding) {
    case 'gzip':
      return zlib.createGunzip(options)
    case 'deflate':
      return isRawDeflate(first) ? zlib.createInflateRaw(options) : zlib.createInflate(options)
    case 'br':
      return zlib.createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH })
    case 'zstd':
      return zlib.createZstdDecompress({ finishFlush: constants.ZSTD_e_flush })
  }
}

/** Some servers send raw deflate under the name of zlib's format: RFC 9110, section 8.4.1.2. */
function isRawDeflate(bytes: Uint8Array): boolean {
  return (bytes[0]! & 0x0f) !== 0x08
}

/** Loaded with the first compressed body. */
function loadZlib(): typeof import('node:zlib') {
  return process.getBuiltinModule('node:zlib')
}
