import { constants, gunzip, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { bodyTooLarge, GrpcCode, invalidData, OtlpError } from './otlp-error.ts'

/** Above this a gzip body is inflated on the thread pool: it would hold every other request up for too long. */
const MAX_SYNC_BYTES = 2 * 2 ** 20

/**
 * Undoes `Content-Encoding` (or `grpc-encoding`). The limit is enforced while inflating, so a decompression bomb is
 * stopped at the limit and not after it.
 *
 * @throws OtlpError 413 past the limit, 400 for damaged data, 415 for an unknown encoding.
 */
export async function decompress(body: Buffer, encoding: string, limitBytes: number): Promise<Buffer> {
  const options = { maxOutputLength: limitBytes }
  try {
    switch (encoding) {
      case 'gzip':
      case 'x-gzip':
        return body.byteLength > MAX_SYNC_BYTES
          ? await gunzipAsync(body, limitBytes)
          : gunzipSync(body, { ...options, chunkSize: expectedSize(body, limitBytes) })
      case 'zstd':
        return zstdDecompressSync(body, options)
      case 'deflate':
        return inflateSync(body, options)
      default:
        throw unsupportedEncoding(encoding)
    }
  } catch (error) {
    if (error instanceof OtlpError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') throw bodyTooLarge(limitBytes)
    throw invalidData(`body is not valid ${encoding}: ${message}`, error)
  }
}

function unsupportedEncoding(encoding: string): OtlpError {
  return new OtlpError(
    `content encoding ${JSON.stringify(encoding)} is not supported; use gzip, zstd or none`,
    {
      grpcCode: GrpcCode.unimplemented,
      httpStatus: 415,
      headers: { 'accept-encoding': 'gzip, zstd, deflate' },
    },
  )
}

function gunzipAsync(body: Buffer, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gunzip(body, { maxOutputLength: limitBytes }, (error, result) =>
      error ? reject(error) : resolve(result),
    )
  })
}

/** The last four bytes of a gzip body state its size; they are the sender's word, so only a hint within bounds. */
function expectedSize(body: Buffer, limitBytes: number): number {
  if (body.byteLength < 18) return constants.Z_DEFAULT_CHUNK
  const stated = body.readUInt32LE(body.byteLength - 4)
  const most = Math.min(limitBytes, body.byteLength * 64)
  return Math.max(constants.Z_DEFAULT_CHUNK, Math.min(stated + 1, most))
}
