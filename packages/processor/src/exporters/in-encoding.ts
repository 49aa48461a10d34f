import type { ExporterConfig } from '../config/types.ts'
import { transcode } from '../otlp/transcode.ts'
import type { QueueRecord } from '../queue/record.ts'
import type { OtlpEncoding } from '../types.ts'

/** The encoding that a destination speaks. */
export function encodingOf({ protocol }: ExporterConfig): OtlpEncoding {
  return protocol === 'http/json' ? 'json' : 'protobuf'
}

/** The record as a destination speaks it; the same one where that is how it came. `undefined` if it can't be read. */
export function inEncoding(record: QueueRecord, encoding: OtlpEncoding): QueueRecord | undefined {
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
