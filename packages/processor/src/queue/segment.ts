import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Signal } from '../types.ts'
import { decodeRecordHeader, RECORD_HEADER_BYTES, type RecordHeader } from './record.ts'

const SEGMENT_FILE = /^(\d{16})\.segment$/

/** Where a record starts: the number of its segment, and the offset in that file. */
export interface Position {
  segment: number
  offset: number
}

export type ItemCounts = Record<Signal, number>

export function noItems(): ItemCounts {
  return { traces: 0, metrics: 0, logs: 0 }
}

/** One file of the write-ahead log. It is written from start to end, then only read, then removed. */
export class Segment {
  readonly number: number
  readonly path: string
  readonly file: FileHandle
  /** Bytes of complete records. What comes after them is the rest of a crash, and not part of the queue. */
  size = 0
  /** Set if part of the file can't be read back. Such a file is moved aside instead of being removed. */
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

  /** Opens a file of an earlier run, and goes through its headers to find where its complete records end. */
  static async open(directory: string, fileName: string): Promise<Segment> {
    const path = join(directory, fileName)
    const segment = new Segment(Number(SEGMENT_FILE.exec(fileName)?.[1]), path, await open(path, 'r+'))
    const { size: fileBytes } = await segment.file.stat()
    const bytes = Buffer.allocUnsafe(RECORD_HEADER_BYTES)
    while (segment.size < fileBytes) {
      const header = await segment.readHeader(segment.size, bytes)
      if (header === undefined) {
        // An incomplete header, or zeros, which a file system may leave after a power cut, is the end of a write that was
        // cut short. Anything else has been damaged after it was written.
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

  /** Writes after what is there. This becomes part of the segment when `size` is moved past it. */
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

/** Names of the segment files in a directory, the oldest first. */
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
