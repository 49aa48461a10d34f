import { writeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import type { Position } from './segment.ts'

/*
 * Cursor file, little endian: u32 magic, u32 zero, f64 segment, f64 offset, u32 CRC-32 of bytes 0 to 23.
 * Rewritten in place: 28 bytes within one sector, so a crash leaves the old position or the new one.
 */
const CURSOR_BYTES = 28
const MAGIC = 0x31435153

/**
 * How far a destination has got, on disk. It may lag a few milliseconds behind what was delivered: after a crash those records
 * are delivered again, but none is skipped.
 */
export class Cursor {
  readonly #file: FileHandle

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /**
   * Opens or creates a cursor file. A new destination starts at `end`; one whose file is damaged starts over at `start`, as
   * delivering twice is better than not at all.
   */
  static async open(
    path: string,
    start: Position,
    end: Position,
  ): Promise<{ cursor: Cursor; position: Position }> {
    const existing = await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return undefined
    })
    const cursor = new Cursor(existing ?? (await open(path, 'wx+', 0o600)))
    const position = existing === undefined ? end : ((await cursor.#read()) ?? start)
    cursor.write(position)
    // If the file were empty after a power cut, the destination would start over.
    await cursor.#file.datasync()
    return { cursor, position }
  }

  /** Synchronous on purpose: 28 bytes into the page cache cost less than a trip to the thread pool. */
  write(position: Position): void {
    const bytes = Buffer.alloc(CURSOR_BYTES)
    bytes.writeUInt32LE(MAGIC, 0)
    bytes.writeDoubleLE(position.segment, 8)
    bytes.writeDoubleLE(position.offset, 16)
    bytes.writeUInt32LE(crc32(bytes.subarray(0, 24)), 24)
    writeSync(this.#file.fd, bytes, 0, CURSOR_BYTES, 0)
  }

  async #read(): Promise<Position | undefined> {
    const bytes = Buffer.alloc(CURSOR_BYTES)
    const { bytesRead } = await this.#file.read(bytes, 0, CURSOR_BYTES, 0)
    return decodeCursor(bytes.subarray(0, bytesRead))
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}

function decodeCursor(bytes: Buffer): Position | undefined {
  if (bytes.byteLength < CURSOR_BYTES || bytes.readUInt32LE(0) !== MAGIC) return undefined
  if (bytes.readUInt32LE(24) !== crc32(bytes.subarray(0, 24))) return undefined
  return { segment: bytes.readDoubleLE(8), offset: bytes.readDoubleLE(16) }
}
