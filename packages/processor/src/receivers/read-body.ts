import type { IncomingMessage } from 'node:http'
import type { BufferPool } from '../otlp/buffer-pool.ts'
import type { Admission } from './admission.ts'
import { decompress } from './decompress.ts'
import { bodyTooLarge, GrpcCode, OtlpError } from './otlp-error.ts'

/** Bytes that go back where they came from. */
export interface PooledBytes {
  readonly bytes: Buffer
  release(): void
}

export interface BodyLimits {
  readonly maxBytes: number
  readonly pool: BufferPool
  readonly admission: Admission
}

/** A sender may state any length; memory for more than this is only taken as the bytes come in. */
const MAX_TRUSTED_LENGTH = 4 * 2 ** 20

/**
 * Reads a request body into pooled memory and undoes its content encoding.
 *
 * @throws OtlpError 413 past the limit, 400, 415, 429.
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<PooledBytes> {
  const stated = Number(request.headers['content-length'] ?? Number.NaN)
  if (stated > limits.maxBytes) throw bodyTooLarge(limits.maxBytes)
  const body =
    stated <= MAX_TRUSTED_LENGTH
      ? await readStated(request, stated, limits)
      : await readUnstated(request, limits)
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || encoding === '' || body.bytes.byteLength === 0) return body
  try {
    return await decompressed(body.bytes, encoding, limits)
  } finally {
    body.release()
  }
}

export async function decompressed(
  bytes: Buffer,
  encoding: string,
  limits: BodyLimits,
): Promise<PooledBytes> {
  const inflated = await decompress(bytes, encoding, limits.maxBytes)
  return reserved({ bytes: inflated, release: () => undefined }, limits)
}

function readStated(request: IncomingMessage, length: number, limits: BodyLimits): Promise<PooledBytes> {
  const body = reserved(pooled(limits.pool, length), limits)
  return new Promise((resolve, reject) => {
    let received = 0
    request.on('data', (chunk: Buffer) => {
      chunk.copy(body.bytes, received)
      received += chunk.byteLength
    })
    onEnd(request, (error) => {
      if (error === undefined) return resolve(body)
      body.release()
      reject(error)
    })
  })
}

function readUnstated(request: IncomingMessage, limits: BodyLimits): Promise<PooledBytes> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let received = 0
    const fail = (error: OtlpError) => {
      limits.admission.release(received)
      received = 0
      chunks.length = 0
      reject(error)
    }
    request.on('data', (chunk: Buffer) => {
      if (received + chunk.byteLength > limits.maxBytes) {
        request.pause()
        fail(bodyTooLarge(limits.maxBytes))
        return
      }
      try {
        limits.admission.reserve(chunk.byteLength)
      } catch (error) {
        request.pause()
        fail(error as OtlpError)
        return
      }
      received += chunk.byteLength
      chunks.push(chunk)
    })
    onEnd(request, (error) => {
      if (error !== undefined) return fail(error)
      limits.admission.release(received)
      try {
        const body = reserved(pooled(limits.pool, received), limits)
        let offset = 0
        for (const chunk of chunks) offset += chunk.copy(body.bytes, offset)
        resolve(body)
      } catch (reservationError) {
        reject(reservationError)
      }
    })
  })
}

function pooled(pool: BufferPool, size: number): PooledBytes {
  const buffer = pool.acquire(size)
  return { bytes: buffer.subarray(0, size), release: () => pool.release(buffer) }
}

function onEnd(request: IncomingMessage, finish: (error?: OtlpError) => void): void {
  request.on('end', () => finish())
  request.on('close', () => {
    if (request.complete) return
    finish(
      new OtlpError('the client went away before its request was complete', {
        grpcCode: GrpcCode.cancelled,
        httpStatus: 499,
      }),
    )
  })
  request.on('error', () => undefined)
}

/** Ties memory to the admission limit until it is released. */
export function reserved(body: PooledBytes, { admission }: BodyLimits): PooledBytes {
  try {
    admission.reserve(body.bytes.byteLength)
  } catch (error) {
    body.release()
    throw error
  }
  let released = false
  return {
    bytes: body.bytes,
    release() {
      if (released) return
      released = true
      admission.release(body.bytes.byteLength)
      body.release()
    },
  }
}
