import { ErrorCode, Http2Error } from './frames.ts'
import { DEFAULT_TABLE_SIZE, fieldSize, type HeaderField, HeaderTable } from './header-table.ts'
import { decodeHuffman } from './huffman.ts'

/** The same limit as `maxHeaderSize` over HTTP/1.1. */
export const MAX_HEADER_LIST_BYTES: number = 16 * 2 ** 10

/** Decodes the header blocks of one connection, one after the other. @see https://www.rfc-editor.org/rfc/rfc7541#section-6 */
export class HeaderDecoder {
  readonly #table = new HeaderTable()
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0

  /**
   * The fields in their order; `undefined` if they are longer than the limit, which ends the stream but not the connection.
   *
   * @throws Http2Error COMPRESSION_ERROR
   */
  decode(block: Buffer): readonly HeaderField[] | undefined {
    this.#bytes = block
    this.#at = 0
    const fields: HeaderField[] = []
    let size = 0
    while (this.#at < block.byteLength) {
      const field = this.#field(fields.length === 0)
      if (field === undefined) continue
      size += fieldSize(field)
      if (size <= MAX_HEADER_LIST_BYTES) fields.push(field)
    }
    return size <= MAX_HEADER_LIST_BYTES ? fields : undefined
  }

  /** The next field; `undefined` for a change of the table's size, which is only allowed at the beginning. */
  #field(isFirst: boolean): HeaderField | undefined {
    const first = this.#bytes[this.#at] as number
    if ((first & 0x80) !== 0) return this.#indexed(this.#integer(7))
    if ((first & 0xe0) === 0x20) {
      const size = this.#integer(5)
      if (!isFirst || size > DEFAULT_TABLE_SIZE) throw corrupt()
      this.#table.resize(size)
      return undefined
    }
    const isKept = (first & 0x40) !== 0
    const index = this.#integer(isKept ? 6 : 4)
    const name = index === 0 ? this.#string() : this.#indexed(index)[0]
    const field: HeaderField = [name, this.#string()]
    if (isKept) this.#table.add(field)
    return field
  }

  #indexed(index: number): HeaderField {
    const field = this.#table.get(index)
    if (field === undefined) throw corrupt()
    return field
  }

  #integer(prefixBits: number): number {
    const mask = 2 ** prefixBits - 1
    let value = this.#byte() & mask
    if (value < mask) return value
    for (let shift = 0; shift <= 21; shift += 7) {
      const byte = this.#byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw corrupt()
  }

  #string(): string {
    const isHuffman = ((this.#bytes[this.#at] ?? 0) & 0x80) !== 0
    const length = this.#integer(7)
    const end = this.#at + length
    if (end > this.#bytes.byteLength) throw corrupt()
    const content = this.#bytes.subarray(this.#at, end)
    this.#at = end
    const text = isHuffman ? decodeHuffman(content) : content.toString('latin1')
    if (text === undefined) throw corrupt()
    return text
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw corrupt()
    return byte
  }
}

function corrupt(): Http2Error {
  return new Http2Error(ErrorCode.compression, 'not a header block')
}
