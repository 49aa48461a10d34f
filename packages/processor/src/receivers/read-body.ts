import type { IncomingMessage } from 'node:http'
import type { BufferPool } from '../otlp/buffer-pool.ts'
import type { Admission } from './admission.ts'
import { decompress } from './decompress.ts'
import { bodyTooLarge, GrpcCode, OtlpError } from './otlp-error.ts'

export interface BodyLimits {
  /** After decompression. */
  readonly maxBytes: number
  readonly pool: BufferPool
  readonly admission: Admission
}

/** Bytes that go back where they came from. */
export interface PooledBytes {
  readonly bytes: Buffer
  release(): void
}

/** A sender may state any length; memory for more than this is only taken as the bytes come in. */
const MAX_TRUSTED_LENGTH = 4 * 2 ** 20

/**
 * Collects a body chunk by chunk. Each chunk counts against the admission limit until the body is released.
 * Every method but `release` throws OtlpError when a limit is passed; the body is then released already.
 */
export class BodyCollector {
  readonly #limits: BodyLimits
  #buffer: Buffer | undefined
  readonly #chunks: Buffer[] = []
  #received = 0
  #reserved = 0

  /** @param stated the length that the sender stated, NaN if it did not. */
  constructor(limits: BodyLimits, stated: number) {
    this.#limits = limits
    if (stated > limits.maxBytes) throw bodyTooLarge(limits.maxBytes)
    if (stated <= MAX_TRUSTED_LENGTH) {
      this.#reserve(stated)
      this.#buffer = limits.pool.acquire(stated)
    }
  }

  push(chunk: Buffer): void {
    if (this.#buffer !== undefined) {
      chunk.copy(this.#buffer, this.#received)
    } else {
      if (this.#received + chunk.byteLength > this.#limits.maxBytes) {
        this.release()
        throw bodyTooLarge(this.#limits.maxBytes)
      }
      this.#reserve(chunk.byteLength)
      this.#chunks.push(chunk)
    }
    this.#received += chunk.byteLength
  }

  /** The whole body; the collector's memory goes with it. */
  finish(): PooledBytes {
    if (this.#buffer === undefined) {
      this.#buffer = this.#limits.pool.acquire(this.#received)
      let offset = 0
      for (const chunk of this.#chunks) offset += chunk.copy(this.#buffer, offset)
      this.#chunks.length = 0
    }
    return { bytes: this.#buffer.subarray(0, this.#received), release: () => this.release() }
  }

  release(): void {
    this.#limits.admission.release(this.#reserved)
    this.#reserved = 0
    this.#chunks.length = 0
    if (this.#buffer !== undefined) this.#limits.pool.release(this.#buffer)
    this.#buffer = undefined
  }

  #reserve(bytes: number): void {
    try {
      this.#limits.admission.reserve(bytes)
    } catch (error) {
      this.release()
      throw error
    }
    this.#reserved += bytes
  }
}

/**
 * Reads an HTTP request's body into pooled memory and undoes its content encoding.
 *
 * @throws OtlpError 413 past the limit, 400, 415, 429.
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<PooledBytes> {
  const body = await collect(request, limits)
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? ''
  if (encoding === '' || encoding === 'identity' || body.bytes.byteLength === 0) return body
  try {
    return await inflate(body.bytes, encoding, limits)
  } finally {
    body.release()
  }
}

/** Undoes an encoding; what comes out counts against the admission limit until it is released. */
export async function inflate(bytes: Buffer, encoding: string, limits: BodyLimits): Promise<PooledBytes> {
  const inflated = await decompress(bytes, encoding, limits.maxBytes)
  limits.admission.reserve(inflated.byteLength)
  let released = false
  return {
    bytes: inflated,
    release() {
      if (!released) limits.admission.release(inflated.byteLength)
      released = true
    },
  }
}

function collect(request: IncomingMessage, limits: BodyLimits): Promise<PooledBytes> {
  return new Promise((resolve, reject) => {
    const collector = new BodyCollector(limits, Number(request.headers['content-length'] ?? Number.NaN))
    const fail = (error: unknown): void => {
      request.off('data', push)
      request.pause()
      reject(error as Error)
    }
    const push = (chunk: Buffer): void => {
      try {
        collector.push(chunk)
      } catch (error) {
        fail(error)
      }
    }
    request.on('data', push)
    request.on('end', () => resolve(collector.finish()))
    request.on('error', () => undefined)
    request.on('close', () => {
      if (request.complete) return
      collector.release()
      fail(clientWentAway())
    })
  })
}

export function clientWentAway(): OtlpError {
  return new OtlpError('the client went away before its request was complete', {
    grpcCode: GrpcCode.cancelled,
    httpStatus: 499,
  })
}
