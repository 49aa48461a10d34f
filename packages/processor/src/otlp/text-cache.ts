const SLOTS = 4096
const LONGEST = 48

/**
 * Decodes UTF-8, and keeps short texts: models, providers and business keys come again and again, and a kept string
 * needs no decoding and has its hash already. One slot a hash; the newer text takes it.
 */
export class TextCache {
  readonly #texts: (string | undefined)[] = new Array(SLOTS)
  readonly #lengths = new Uint8Array(SLOTS)
  /** The texts' bytes, side by side: a text that never comes again must not cost an allocation. */
  readonly #bytes = new Uint8Array(SLOTS * LONGEST)

  decode(source: Buffer, start: number, end: number): string {
    const length = end - start
    if (length > LONGEST) return source.toString('utf8', start, end)
    if (length === 0) return ''
    // A poor hash will do: all that a collision costs is decoding once more.
    const hash = (source[start]! * 31 + source[start + (length >> 1)]!) * 31 + source[end - 1]! * 7 + length
    const slot = (hash ^ (source[end - (length > 1 ? 2 : 1)]! << 4)) & (SLOTS - 1)
    const kept = this.#bytes
    const keptAt = slot * LONGEST
    if (this.#lengths[slot] === length) {
      let index = 0
      while (index < length && kept[keptAt + index] === source[start + index]) index++
      if (index === length) return this.#texts[slot]!
    }
    const text = source.toString('utf8', start, end)
    for (let index = 0; index < length; index++) kept[keptAt + index] = source[start + index]!
    this.#lengths[slot] = length
    this.#texts[slot] = text
    return text
  }
}
