import { crc32 } from 'node:zlib'
import { SIGNALS } from '../signals.ts'
import type { OtlpEncoding, Signal } from '../types.ts'

/** One export request as the queue keeps it. */
export interface QueueRecord {
  readonly signal: Signal
  readonly encoding: OtlpEncoding
  /** Spans, metric points or log records inside. */
  readonly itemCount: number
  /** Milliseconds since the Unix epoch. */
  readonly acceptedAt: number
  readonly payload: Uint8Array
}

/** A record's header, read back; the payload follows it on disk. */
export interface RecordHeader extends Omit<QueueRecord, 'payload'> {
  readonly payloadBytes: number
  readonly payloadChecksum: number
}

/*
 * Record, little endian:
 *    0  u32  magic
 *    4  u32  payload length
 *    8  u32  CRC-32 of the payload
 *   12  u32  item count
 *   16  f64  accepted at, milliseconds since the Unix epoch
 *   24  u8   signal
 *   25  u8   encoding
 *   26  u16  zero
 *   28  u32  CRC-32 of bytes 0 to 27
 *   32       payload
 * The header has a checksum of its own so that a damaged payload costs one record and not the rest of the file.
 */
export const RECORD_HEADER_BYTES = 32
const MAGIC = 0x31524d53
const ENCODINGS: readonly OtlpEncoding[] = ['protobuf', 'json']

export function encodeRecordHeader(record: QueueRecord): Buffer {
  const header = Buffer.allocUnsafe(RECORD_HEADER_BYTES)
  header.writeUInt32LE(MAGIC, 0)
  header.writeUInt32LE(record.payload.byteLength, 4)
  header.writeUInt32LE(crc32(record.payload), 8)
  header.writeUInt32LE(record.itemCount, 12)
  header.writeDoubleLE(record.acceptedAt, 16)
  header.writeUInt8(SIGNALS.indexOf(record.signal), 24)
  header.writeUInt8(ENCODINGS.indexOf(record.encoding), 25)
  header.writeUInt16LE(0, 26)
  header.writeUInt32LE(crc32(header.subarray(0, 28)), 28)
  return header
}

/** `undefined` if the bytes are not a complete, undamaged header. */
export function decodeRecordHeader(bytes: Buffer): RecordHeader | undefined {
  if (bytes.byteLength < RECORD_HEADER_BYTES) return undefined
  if (bytes.readUInt32LE(0) !== MAGIC || bytes.readUInt32LE(28) !== crc32(bytes.subarray(0, 28)))
    return undefined
  const signal = SIGNALS[bytes.readUInt8(24)]
  const encoding = ENCODINGS[bytes.readUInt8(25)]
  if (signal === undefined || encoding === undefined) return undefined
  return {
    signal,
    encoding,
    itemCount: bytes.readUInt32LE(12),
    acceptedAt: bytes.readDoubleLE(16),
    payloadBytes: bytes.readUInt32LE(4),
    payloadChecksum: bytes.readUInt32LE(8),
  }
}
