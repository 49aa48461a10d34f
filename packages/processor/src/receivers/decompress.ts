import {
  createGunzip,
  createInflate,
  createZstdDecompress,
  gunzipSync,
  inflateSync,
  constants as zlib,
  zstdDecompressSync,
} from 'node:zlib'
import { freeMemory, isOwnMemory } from '../otlp/free-memory.ts'
import { bodyTooLarge, GrpcCode, invalidData, OtlpError } from '../protocol/otlp-error.ts'
import { BodyCollector, type BodyLimits, type PooledBytes, withRoom } from './body-collector.ts'

/** A larger body is inflated on the thread pool, piece by piece; inflated at once, it would hold up all other requests. */
const MAX_SYNC_INPUT = 2 * 2 ** 20
const MAX_SYNC_OUTPUT = 4 * 2 ** 20
const STREAM_CHUNK_BYTES = 256 * 2 ** 10

type Encoding = 'gzip' | 'zstd' | 'deflate'

const ENCODINGS = new Map<string, Encoding>([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['zstd', 'zstd'],
  ['deflate', 'deflate'],
  // The Collector's other name for it.
  ['zlib', 'deflate'],
])

/*
 * For chunks as large as an inflated body, glibc maps fresh memory each time, whose page faults take as long as pricing the
 * spans. Once it has seen a larger chunk freed, it keeps such memory; so one is allocated and freed here.
 * https://www.man7.org/linux/man-pages/man3/mallopt.3.html (M_MMAP_THRESHOLD)
 */
freeMemory(Buffer.allocUnsafeSlow(2 * MAX_SYNC_OUTPUT))

const STREAMS = { gzip: createGunzip, zstd: createZstdDecompress, deflate: createInflate }
const SYNC = { gzip: gunzipSync, zstd: zstdDecompressSync, deflate: inflateSync }

/**
 * Undoes `Content-Encoding` (or `grpc-encoding`). Both limits, on one body and on all bodies in memory, are enforced
 * while inflating, so a decompression bomb is stopped at the limit and not after it.
 *
 * @throws OtlpError 413 past the limit, 503, 400 for damaged data, 415 (UNIMPLEMENTED) for an unknown encoding.
 */
export async function inflate(body: Buffer, name: string, bodyLimits: BodyLimits): Promise<PooledBytes> {
  const encoding = ENCODINGS.get(name)
  if (encoding === undefined) throw unsupportedEncoding(name)
  // What fits beside the compressed body: more than that would be refused and retried for ever.
  const room = bodyLimits.admission.limitBytes - body.byteLength
  const limits = { ...bodyLimits, maxBytes: Math.min(bodyLimits.maxBytes, room) }
  try {
    return inflateAtOnce(body, encoding, limits) ?? (await inflateInPieces(body, encoding, limits))
  } catch (error) {
    if (error instanceof OtlpError) throw error
    throw invalidData(`body is not valid ${encoding}: ${(error as Error).message}`, error)
  }
}

/** Fast, for bodies of ordinary size; `undefined` for larger ones. */
function inflateAtOnce(body: Buffer, encoding: Encoding, limits: BodyLimits): PooledBytes | undefined {
  if (body.byteLength > MAX_SYNC_INPUT) return undefined
  const maxOutputLength = Math.min(MAX_SYNC_OUTPUT, limits.maxBytes)
  const chunkSize = encoding === 'gzip' ? expectedSize(body, maxOutputLength) : zlib.Z_DEFAULT_CHUNK
  const pieces: Buffer[] = []
  let size = 0
  try {
    for (let rest = body; rest.byteLength > 0; ) {
      const { buffer, engine } = runSync(encoding, rest, {
        maxOutputLength: maxOutputLength - size,
        chunkSize,
      })
      pieces.push(buffer)
      size += buffer.byteLength
      rest = remainder(rest, engine.bytesWritten, encoding)
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ERR_BUFFER_TOO_LARGE' && code !== 'ERR_OUT_OF_RANGE') throw error
    if (maxOutputLength === limits.maxBytes) throw bodyTooLarge(limits.maxBytes)
    return undefined
  }
  limits.admission.reserve(size)
  const bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)
  let held = size
  return {
    bytes,
    memory: withRest(bytes),
    release() {
      limits.admission.release(held)
      held = 0
      freeMemory(bytes)
    },
  }
}

async function inflateInPieces(body: Buffer, encoding: Encoding, limits: BodyLimits): Promise<PooledBytes> {
  const collector = new BodyCollector(limits, Number.NaN)
  try {
    for (let rest = body; rest.byteLength > 0; ) {
      const stream = STREAMS[encoding]({ chunkSize: STREAM_CHUNK_BYTES })
      stream.end(rest)
      for await (const chunk of stream) collector.push(chunk)
      rest = remainder(rest, stream.bytesWritten, encoding)
    }
    return collector.finish()
  } catch (error) {
    collector.release()
    throw error
  }
}

/** The bytes with the memory behind them that zlib left unused. */
function withRest(bytes: Buffer): Buffer {
  return isOwnMemory(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset) : bytes
}

interface Inflated {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
}

/** With `info`, Node also returns how much of the input it used; its types don't have that. */
function runSync(
  encoding: Encoding,
  body: Buffer,
  options: { readonly maxOutputLength: number; readonly chunkSize: number },
): Inflated {
  return SYNC[encoding](body, { ...options, info: true }) as unknown as Inflated
}

/** What is left of the input: Node reads one frame of a zstd body, which may have several, and all of other formats. */
function remainder(body: Buffer, used: number, encoding: Encoding): Buffer {
  if (encoding !== 'zstd') return body.subarray(body.byteLength)
  if (used === 0) throw invalidData('body is not valid zstd: an empty frame')
  return body.subarray(used)
}

function unsupportedEncoding(encoding: string): OtlpError {
  return new OtlpError(`encoding ${JSON.stringify(encoding)} is not supported; use gzip, zstd or none`, {
    grpcCode: GrpcCode.unimplemented,
    httpStatus: 415,
    headers: { 'accept-encoding': 'gzip, zstd, deflate' },
  })
}

/** The last four bytes of a gzip body state its size. The sender may have written anything there: a hint, within bounds. */
function expectedSize(body: Buffer, limitBytes: number): number {
  if (body.byteLength < 18) return zlib.Z_DEFAULT_CHUNK
  const stated = body.readUInt32LE(body.byteLength - 4)
  const most = Math.min(limitBytes, body.byteLength * 64)
  return Math.max(zlib.Z_DEFAULT_CHUNK, Math.min(withRoom(stated), most))
}
