import type { HeaderField } from './header-table.ts'

/** Sets the size of the dynamic table to 0: nothing is ever put into it, so the peer may choose any size. */
const EMPTY_TABLE = 0x20

/**
 * Encodes headers as literals, so that the result is the same on every connection and at any time.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7541#section-6.2.2
 */
export function encodeHeaders(fields: readonly HeaderField[]): Buffer {
  const parts: Buffer[] = [Buffer.of(EMPTY_TABLE)]
  for (const [name, value] of fields) {
    parts.push(Buffer.of(0), encodeString(name), encodeString(value))
  }
  return Buffer.concat(parts)
}

function encodeString(text: string): Buffer {
  const content = Buffer.from(text, 'latin1')
  return Buffer.concat([encodeLength(content.byteLength), content])
}

/** An integer behind a prefix of seven bits. */
function encodeLength(length: number): Buffer {
  if (length < 127) return Buffer.of(length)
  const bytes = [127]
  let rest = length - 127
  for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128)
  bytes.push(rest)
  return Buffer.from(bytes)
}
