/** One field of a message, as it came. */
export interface RawField {
  number: number
  wireType: number
  /** Tag, length and content as they came. */
  whole: Buffer
  content: Buffer
}

export function readVarint(bytes: Buffer, start: number): [value: number, end: number] {
  let value = 0
  for (let index = start, scale = 1; ; index++, scale *= 128) {
    value += (bytes[index]! & 0x7f) * scale
    if (bytes[index]! < 0x80) return [value, index + 1]
  }
}

/** A message's fields: an independent and much slower reading than the one under test. */
export function fieldsOf(bytes: Buffer): RawField[] {
  const fields: RawField[] = []
  let position = 0
  while (position < bytes.length) {
    const start = position
    let tag: number
    ;[tag, position] = readVarint(bytes, position)
    const wireType = tag & 7
    let contentStart = position
    if (wireType === 0) [, position] = readVarint(bytes, position)
    else if (wireType === 1) position += 8
    else if (wireType === 5) position += 4
    else if (wireType === 2) {
      let length: number
      ;[length, position] = readVarint(bytes, position)
      contentStart = position
      position += length
    } else position += groupLength(bytes.subarray(position), tag >>> 3)
    fields.push({
      number: tag >>> 3,
      wireType,
      whole: bytes.subarray(start, position),
      content: bytes.subarray(contentStart, position),
    })
  }
  return fields
}

function groupLength(bytes: Buffer, number: number): number {
  let position = 0
  for (;;) {
    const [tag, end] = readVarint(bytes, position)
    if ((tag & 7) === 4 && tag >>> 3 === number) return end
    if ((tag & 7) === 3) position = end + groupLength(bytes.subarray(end), tag >>> 3)
    else if ((tag & 7) === 2) {
      const [length, content] = readVarint(bytes, end)
      position = content + length
    } else if ((tag & 7) === 0) [, position] = readVarint(bytes, end)
    else position = end + ((tag & 7) === 1 ? 8 : 4)
  }
}

/** The field with new content: its tag as it came, its length prefix as short as can be. */
export function withContent(field: RawField, content: Buffer): Buffer {
  const length: number[] = []
  let rest = content.length
  for (; rest >= 0x80; rest >>>= 7) length.push((rest & 0x7f) | 0x80)
  const tag = field.whole.subarray(0, readVarint(field.whole, 0)[1])
  return Buffer.concat([tag, Buffer.from([...length, rest]), content])
}

/** A short message in others, by their field numbers from the outside in. */
export function nestedMessage(fields: readonly number[], message: Buffer): Buffer {
  return fields.reduceRight(
    (inner, field) => Buffer.concat([Buffer.from([(field << 3) | 2, inner.length]), inner]),
    message,
  )
}
