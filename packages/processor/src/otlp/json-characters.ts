const QUOTE = 0x22
const BACKSLASH = 0x5c

/** 1 for bytes that a JSON string contains unescaped: all but control characters, quote and backslash. */
export const isPlain: Uint8Array = new Uint8Array(256).fill(1, 0x20)
isPlain[QUOTE] = 0
isPlain[BACKSLASH] = 0

/**
 * Whether all four bytes of a word are plain. Subtracting 0x20 from each byte makes those below borrow, which sets their highest
 * bit; so does subtracting 1 from what is zero after XOR with a quote or backslash.
 */
export function arePlain(word: number): boolean {
  const quotes = word ^ 0x22222222
  const backslashes = word ^ 0x5c5c5c5c
  const borrows =
    ((word - 0x20202020) & ~word) |
    ((quotes - 0x01010101) & ~quotes) |
    ((backslashes - 0x01010101) & ~backslashes)
  return (borrows & 0x80808080) === 0
}

/** Characters, apart from `u`, that may follow a backslash. */
const escapable = Buffer.from('"\\/bfnrt')

/** Where the escape that begins at a backslash ends; -1 if it is not valid. */
export function escapeEnd(bytes: Buffer, backslash: number): number {
  const escaped = bytes[backslash + 1]
  if (escaped === undefined) return -1
  if (escaped !== 0x75) return escapable.includes(escaped) ? backslash + 2 : -1
  const end = backslash + 6
  return /^[0-9a-f]{4}$/i.test(bytes.toString('latin1', backslash + 2, end)) ? end : -1
}
