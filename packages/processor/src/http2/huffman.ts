/** The length in bits of the code of each octet, and of the end of the string. @see https://www.rfc-editor.org/rfc/rfc7541#appendix-B */
// biome-ignore format: a table
const CODE_LENGTHS = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28,
  28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6,
  7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6,
  5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23,
  23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22,
  24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26,
  26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22,
  22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
]
const LONGEST = 30
const END_OF_STRING = 256

/** The code is canonical: its codes of one length are consecutive numbers, in the order of the octets. */
const octetsByLength: readonly (readonly number[])[] = Array.from({ length: LONGEST + 1 }, (_, length) =>
  CODE_LENGTHS.flatMap((bits, octet) => (bits === length ? [octet] : [])),
)
const firstCodes: readonly number[] = (() => {
  let next = 0
  return octetsByLength.map((octets) => {
    const first = next
    next = (first + octets.length) * 2
    return first
  })
})()

/** `undefined` if the bytes are no Huffman code. */
export function decodeHuffman(bytes: Buffer): string | undefined {
  const octets: number[] = []
  let code = 0
  let length = 0
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1)
      length += 1
      const octet = octetsByLength[length]?.[code - (firstCodes[length] as number)]
      if (octet === undefined) {
        if (length === LONGEST) return undefined
        continue
      }
      if (octet === END_OF_STRING) return undefined
      octets.push(octet)
      code = 0
      length = 0
    }
  }
  // Padding has fewer than eight bits, all of them ones, like the beginning of the code for the end of the string.
  const isPadding = length < 8 && code === 2 ** length - 1
  return isPadding ? Buffer.from(octets).toString('latin1') : undefined
}
