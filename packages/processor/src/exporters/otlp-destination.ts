import { gunzipSync } from 'node:zlib'
import type { ExporterConfig } from '../config/types.ts'
import { describeFailure } from '../network/connection-failure.ts'
import { transcode } from '../otlp/transcode.ts'
import type { QueueRecord } from '../queue/record.ts'
import type { OtlpEncoding } from '../types.ts'
import type { DeliveryResult, Destination, FailedDelivery } from './types.ts'

/** The longest response that is read, also after decompression. */
export const MAX_RESPONSE_BYTES: number = 4 * 2 ** 20
/** OTLP forbids to retry what got such an answer. */
export const RESPONSE_TOO_LARGE: FailedDelivery = {
  kind: 'permanent',
  message: 'the response is larger than 4 MiB',
}

/** The encoding in which a backend is sent records. */
export function encodingFor({ protocol }: Pick<ExporterConfig, 'protocol'>): OtlpEncoding {
  return protocol === 'http/json' ? 'json' : 'protobuf'
}

/** Sends records that are in the backend's encoding and of a size that it takes. */
interface Transport {
  /** Rejects if there is no answer. */
  send(record: QueueRecord, signal: AbortSignal): Promise<DeliveryResult>
  close(): Promise<void>
}

/** An OTLP backend, by either protocol. */
export function createOtlpDestination(config: ExporterConfig, { send, close }: Transport): Destination {
  const { name, concurrency, maxRequestBodySize } = config
  const encoding = encodingFor(config)
  return {
    name,
    concurrency,
    accepts: () => true,
    async deliver(queued, signal) {
      const record = inEncoding(queued, encoding)
      if (record === undefined) return { kind: 'permanent', message: `cannot be written as ${encoding}` }
      if (record.payload.byteLength > maxRequestBodySize)
        return { kind: 'too_large', message: `larger than max_request_body_size (${maxRequestBodySize})` }
      try {
        return await send(record, signal)
      } catch (error) {
        return { kind: 'retryable', message: describeFailure(error as Error) }
      }
    },
    close,
  }
}

/** The content of a response; `undefined` if it is longer than the limit. If it is damaged, its status counts alone. */
export function uncompressed(content: Buffer, encoding: string | undefined): Buffer | undefined {
  if (encoding !== 'gzip') return content
  try {
    return gunzipSync(content, { maxOutputLength: MAX_RESPONSE_BYTES })
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? undefined : Buffer.alloc(0)
  }
}

/** The record in an encoding; `undefined` if it can't be written in it. */
function inEncoding(record: QueueRecord, encoding: OtlpEncoding): QueueRecord | undefined {
  if (record.encoding === encoding) return record
  try {
    return {
      ...record,
      encoding,
      payload: transcode(record.payload, record.signal, record.encoding, encoding),
    }
  } catch {
    return undefined
  }
}
