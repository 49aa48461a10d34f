const SLOTS = 4096
const LONGEST = 48

/**
 * Decodes UTF-8, and keeps short texts: models, providers and business keys come again and again, and a kept string
 * needs no decoding and has its hash already. One slot a hash; the newer text takes it.
 */
export class TextCache {
  readonly #texts: (string | undefined)[] = new Array(SLOTS)
  readonly #bytes: (Buffer | undefined)[] = new Array(SLOTS)

  decode(source: Buffer, start: number, end: number): string {
    const length = end - start
    if (length > LONGEST) return source.toString('utf8', start, end)
    if (length === 0) return ''
    // A poor hash will do: all that a collision costs is decoding once more.
    const hash = (source[start]! * 31 + source[start + (length >> 1)]!) * 31 + source[end - 1]! * 7 + length
    const slot = (hash ^ (source[end - (length > 1 ? 2 : 1)]! << 4)) & (SLOTS - 1)
    const bytes = this.#bytes[slot]
    if (bytes !== undefined && bytes.length === length) {
      let index = 0
      while (index < length && bytes[index] === source[start + index]) index++
      if (index === length) return this.#texts[slot]!
    }
    const text = source.toString('utf8', start, end)
    this.#bytes[slot] = Buffer.from(source.subarray(start, end))
    this.#texts[slot] = text
    return text
  }
}
