const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Bytes that stand in a string as they are: no control characters, no quote, no backslash. */
export const isPlain: Uint8Array = new Uint8Array(256).fill(1, 0x20)
isPlain[QUOTE] = 0
isPlain[BACKSLASH] = 0

/** Whether all four bytes of a word are plain. Less than what is taken from it, a byte borrows, and its highest bit tells. */
export function arePlain(word: number): boolean {
  const quotes = word ^ 0x22222222
  const backslashes = word ^ 0x5c5c5c5c
  const borrows =
    ((word - 0x20202020) & ~word) |
    ((quotes - 0x01010101) & ~quotes) |
    ((backslashes - 0x01010101) & ~backslashes)
  return (borrows & 0x80808080) === 0
}

/** What may follow a backslash, but for `u`. */
const escapable = Buffer.from('"\\/bfnrt')

/** Where an escape ends that begins at a backslash; -1 if it is none. */
export function escapeEnd(bytes: Buffer, backslash: number): number {
  const escaped = bytes[backslash + 1]
  if (escaped === undefined) return -1
  if (escaped !== 0x75) return escapable.includes(escaped) ? backslash + 2 : -1
  const end = backslash + 6
  return /^[0-9a-f]{4}$/i.test(bytes.toString('latin1', backslash + 2, end)) ? end : -1
}
