import { type DuckDBDataChunk, type DuckDBType, DuckDBTypeId, type DuckDBValue } from '@duckdb/node-api'
import duckdb, { type Vector } from '@duckdb/node-bindings'

// The vectors of DuckDB's own client make a big integer for each NULL, and call native code for each text: five times
// the work. Layouts: https://duckdb.org/docs/stable/clients/c/vector

const MAX_ROWS = 2048
const MAX_WIDTH = 16
/** A text of up to this many bytes is in the vector itself; a longer one is stored separately. */
const INLINE_BYTES = 12

/** Each column in turn is written here, and then copied into DuckDB's memory. */
const data = new DataView(new ArrayBuffer(MAX_ROWS * MAX_WIDTH))
const bytes = new Uint8Array(data.buffer)
/** One bit a row: not NULL. */
const valid = new Uint8Array(MAX_ROWS / 8)

interface FixedWidth {
  readonly width: number
  write(offset: number, value: unknown): void
}

const FIXED_WIDTH: Readonly<Partial<Record<DuckDBTypeId, FixedWidth>>> = {
  [DuckDBTypeId.BOOLEAN]: { width: 1, write: (offset, value) => data.setUint8(offset, Number(value)) },
  [DuckDBTypeId.USMALLINT]: {
    width: 2,
    write: (offset, value) => data.setUint16(offset, value as number, true),
  },
  [DuckDBTypeId.INTEGER]: {
    width: 4,
    write: (offset, value) => data.setInt32(offset, value as number, true),
  },
  [DuckDBTypeId.BIGINT]: { width: 8, write: writeInt64 },
  // Microseconds since 1970.
  [DuckDBTypeId.TIMESTAMP]: { width: 8, write: writeInt64 },
  // In units of the scale, with up to 18 digits.
  [DuckDBTypeId.DECIMAL]: { width: 8, write: writeInt64 },
  // 16 lower-case hex digits.
  [DuckDBTypeId.UBIGINT]: { width: 8, write: (offset, hex) => writeHex64(offset, hex as string, 0) },
  [DuckDBTypeId.UUID]: { width: 16, write: (offset, hex) => writeUuid(offset, hex as string) },
}

/**
 * Writes the values of one column of a chunk, `null` as NULL: those of FIXED_WIDTH in the form named there, text as text, and
 * values of any other type as node-api takes them.
 */
export function writeVector(
  chunk: DuckDBDataChunk,
  column: number,
  type: DuckDBType,
  values: readonly unknown[],
): void {
  const fixedWidth = FIXED_WIDTH[type.typeId]
  if (fixedWidth !== undefined) {
    writeFixedWidth(duckdb.data_chunk_get_vector(chunk.chunk, column), fixedWidth, values)
  } else if (type.typeId === DuckDBTypeId.VARCHAR) {
    writeTexts(duckdb.data_chunk_get_vector(chunk.chunk, column), values as readonly (string | null)[])
  } else chunk.setColumnValues(column, values as readonly DuckDBValue[])
}

function writeFixedWidth(vector: Vector, { width, write }: FixedWidth, values: readonly unknown[]): void {
  valid.fill(0xff)
  let nulls = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (value === null) {
      setNull(row)
      nulls++
    } else write(row * width, value)
  }
  copyInto(vector, values.length * width, nulls > 0)
}

function writeTexts(vector: Vector, values: readonly (string | null)[]): void {
  valid.fill(0xff)
  bytes.fill(0, 0, values.length * MAX_WIDTH)
  const long: number[] = []
  let nulls = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    if (value === null) {
      setNull(row)
      nulls++
    } else if (!writeInline(row * MAX_WIDTH, value)) long.push(row)
  }
  copyInto(vector, values.length * MAX_WIDTH, nulls > 0)
  for (const row of long) duckdb.vector_assign_string_element(vector, row, values[row]!)
}

/** Writes its length and its bytes. Returns false if it is too long, or not all ASCII. */
function writeInline(offset: number, text: string): boolean {
  const { length } = text
  if (length > INLINE_BYTES) return false
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code > 0x7f) {
      bytes.fill(0, offset, offset + MAX_WIDTH)
      return false
    }
    bytes[offset + 4 + index] = code
  }
  data.setUint32(offset, length, true)
  return true
}

function setNull(row: number): void {
  valid[row >> 3]! &= ~(1 << (row & 7))
}

function copyInto(vector: Vector, byteLength: number, hasNulls: boolean): void {
  duckdb.copy_data_to_vector(vector, 0, data.buffer as ArrayBuffer, 0, byteLength)
  if (!hasNulls) return
  duckdb.vector_ensure_validity_writable(vector)
  duckdb.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, valid.byteLength)
}

function writeInt64(offset: number, value: unknown): void {
  if (typeof value === 'bigint') {
    data.setBigInt64(offset, value, true)
    return
  }
  data.setUint32(offset, value as number, true)
  data.setInt32(offset + 4, Math.floor((value as number) / 2 ** 32), true)
}

/** Writes 32 lower-case hex digits as a signed integer that sorts like them: its highest bit is inverted. */
function writeUuid(offset: number, hex: string): void {
  writeHex64(offset, hex, 16)
  writeHex64(offset + 8, hex, 0)
  bytes[offset + 15]! ^= 0x80
}

/** Writes sixteen hex digits from `first` on, highest first, as a little-endian integer. */
function writeHex64(offset: number, hex: string, first: number): void {
  data.setUint32(offset + 4, readHex32(hex, first), true)
  data.setUint32(offset, readHex32(hex, first + 8), true)
}

function readHex32(hex: string, first: number): number {
  let value = 0
  for (let index = first; index < first + 8; index++) {
    const code = hex.charCodeAt(index)
    value = (value << 4) | (code < 0x3a ? code - 0x30 : code - 0x57)
  }
  return value
}
