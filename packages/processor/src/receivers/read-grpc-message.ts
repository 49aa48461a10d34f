import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import { BodyCollector, type BodyLimits, type PooledBytes } from './body-collector.ts'
import { inflate } from './decompress.ts'
import { noteUnreachable } from './free-memory.ts'
import { GRPC_PREFIX_BYTES } from './grpc-message.ts'
import { GrpcCode, invalidData, OtlpError } from './otlp-error.ts'
import { clientWentAway } from './read-body.ts'

/**
 * Reads the one message of a unary call into pooled memory and undoes its compression.
 *
 * @throws OtlpError RESOURCE_EXHAUSTED past the limit (with no RetryInfo: it will never fit), INVALID_ARGUMENT,
 *   UNIMPLEMENTED for an unknown compression.
 */
export async function readGrpcMessage(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  limits: BodyLimits,
): Promise<PooledBytes> {
  const { message, compressed } = await collect(stream, limits)
  if (!compressed) return message
  try {
    const encoding = String(headers['grpc-encoding'] ?? 'identity')
    if (encoding === 'gzip' || encoding === 'deflate') return await inflate(message.bytes, encoding, limits)
    throw new OtlpError(`grpc-encoding ${encoding} is not supported; use gzip or identity`, {
      grpcCode: GrpcCode.unimplemented,
      httpStatus: 415,
    })
  } finally {
    message.release()
  }
}

interface CollectedMessage {
  readonly message: PooledBytes
  readonly compressed: boolean
}

function collect(stream: ServerHttp2Stream, limits: BodyLimits): Promise<CollectedMessage> {
  return new Promise((resolve, reject) => {
    let prefix: Buffer | undefined
    let collector: BodyCollector | undefined
    let missing = 0
    let ended = false

    const push = (chunk: Buffer): void => {
      let content = chunk
      if (collector === undefined) {
        prefix = prefix === undefined ? chunk : Buffer.concat([prefix, chunk])
        if (prefix.byteLength < GRPC_PREFIX_BYTES) return
        missing = prefix.readUInt32BE(1)
        collector = new BodyCollector(limits, missing)
        content = prefix.subarray(GRPC_PREFIX_BYTES)
      }
      if (content.byteLength > missing) throw invalidData('a unary call carries exactly one message')
      missing -= content.byteLength
      collector.push(content)
    }
    const fail = (error: unknown): void => {
      ended = true
      stream.off('data', onData)
      collector?.release()
      reject(error as Error)
    }
    const onData = (chunk: Buffer): void => {
      try {
        push(chunk)
        noteUnreachable(chunk.byteLength)
      } catch (error) {
        fail(error)
      }
    }
    stream.on('data', onData)
    stream.on('end', () => {
      if (ended) return
      if (collector === undefined || missing > 0) return fail(invalidData('the message is cut short'))
      ended = true
      resolve({ message: collector.finish(), compressed: prefix?.readUInt8(0) === 1 })
    })
    stream.on('close', () => {
      if (!ended) fail(clientWentAway())
    })
  })
}
