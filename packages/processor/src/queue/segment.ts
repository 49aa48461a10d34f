import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Signal } from '../types.ts'
import { decodeRecordHeader, RECORD_HEADER_BYTES, type RecordHeader } from './record.ts'

const SEGMENT_FILE = /^(\d{16})\.segment$/

/** Where a record starts: segments are numbered upwards, offsets are bytes into the file. */
export interface Position {
  segment: number
  offset: number
}

export type ItemCounts = Record<Signal, number>

export function noItems(): ItemCounts {
  return { traces: 0, metrics: 0, logs: 0 }
}

/** One file of the write-ahead log. Written once from start to end, then only read, then removed. */
export class Segment {
  readonly number: number
  readonly path: string
  readonly file: FileHandle
  /** Bytes of whole records; what lies beyond was torn by a crash and is not part of the queue. */
  size = 0
  /** Set once any of it could not be read back: the file is then kept aside instead of removed. */
  damaged = false
  readonly items: ItemCounts = noItems()

  constructor(number: number, path: string, file: FileHandle) {
    this.number = number
    this.path = path
    this.file = file
  }

  static async create(directory: string, number: number): Promise<Segment> {
    const path = join(directory, `${String(number).padStart(16, '0')}.segment`)
    return new Segment(number, path, await open(path, 'wx+', 0o600))
  }

  /** Walks the headers of a file left by an earlier run to find where its whole records end. */
  static async open(directory: string, fileName: string): Promise<Segment> {
    const path = join(directory, fileName)
    const segment = new Segment(Number(SEGMENT_FILE.exec(fileName)?.[1]), path, await open(path, 'r+'))
    const { size: fileBytes } = await segment.file.stat()
    const bytes = Buffer.allocUnsafe(RECORD_HEADER_BYTES)
    while (segment.size < fileBytes) {
      const header = await segment.readHeader(segment.size, bytes)
      if (header === undefined) {
        // Fewer bytes than a header, or nothing but the zeros that a file system leaves after a power cut,
        // is a torn tail. Anything else was written once and has been damaged since.
        segment.damaged = fileBytes - segment.size >= RECORD_HEADER_BYTES && bytes.some((byte) => byte !== 0)
        break
      }
      const end = segment.size + RECORD_HEADER_BYTES + header.payloadBytes
      if (end > fileBytes) break
      segment.items[header.signal] += header.itemCount
      segment.size = end
    }
    if (!segment.damaged && segment.size < fileBytes) await segment.file.truncate(segment.size)
    return segment
  }

  /** Writes behind what is there. It becomes part of the segment when `size` is moved past it. */
  async write(buffers: readonly Uint8Array[]): Promise<void> {
    let rest = [...buffers]
    let end = this.size
    while (rest.length > 0) {
      const { bytesWritten } = await this.file.writev(rest, end)
      end += bytesWritten
      rest = unwritten(rest, bytesWritten)
    }
  }

  async readHeader(
    offset: number,
    bytes: Buffer = Buffer.allocUnsafe(RECORD_HEADER_BYTES),
  ): Promise<RecordHeader | undefined> {
    const { bytesRead } = await this.file.read(bytes, 0, RECORD_HEADER_BYTES, offset)
    return decodeRecordHeader(bytes.subarray(0, bytesRead))
  }
}

/** Names of the segment files in a directory, oldest first. */
export async function listSegmentFiles(directory: string): Promise<string[]> {
  const names = await readdir(directory)
  return names.filter((name) => SEGMENT_FILE.test(name)).sort()
}

function unwritten(buffers: readonly Uint8Array[], written: number): Uint8Array[] {
  let remaining = written
  return buffers.flatMap((buffer) => {
    const skipped = Math.min(remaining, buffer.byteLength)
    remaining -= skipped
    return skipped === buffer.byteLength ? [] : [buffer.subarray(skipped)]
  })
}
