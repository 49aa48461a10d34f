import { viewOf } from './view-of.ts'

const SLOTS = 4096
const LONGEST = 48

/**
 * Decodes UTF-8 and remembers short texts: models, providers and business keys are repeated all the time, and a remembered
 * string needs no decoding and has its hash already. A new text replaces one of the same hash.
 */
export class TextCache {
  readonly #texts: (string | undefined)[] = new Array(SLOTS)
  readonly #lengths = new Uint8Array(SLOTS)
  /** The texts' bytes, side by side, so that a text that is never repeated costs no allocation. */
  readonly #bytes = new Uint8Array(SLOTS * LONGEST)
  readonly #view = viewOf(this.#bytes)

  /** @param view of the source. */
  decode(source: Buffer, view: DataView, start: number, end: number): string {
    const length = end - start
    if (length > LONGEST) return source.toString('utf8', start, end)
    if (length === 0) return ''
    // A poor hash is enough: a collision only costs decoding once more.
    const hash = (source[start]! * 31 + source[start + (length >> 1)]!) * 31 + source[end - 1]! * 7 + length
    const slot = (hash ^ (source[end - (length > 1 ? 2 : 1)]! << 4)) & (SLOTS - 1)
    if (this.#lengths[slot] === length && this.#isKept(slot, view, start, end)) return this.#texts[slot]!
    const text = source.toString('utf8', start, end)
    const keptAt = slot * LONGEST
    for (let index = 0; index < length; index++) this.#bytes[keptAt + index] = source[start + index]!
    this.#lengths[slot] = length
    this.#texts[slot] = text
    return text
  }

  /** Whether a slot has these bytes. Compares four at a time, of which the last may overlap those before. */
  #isKept(slot: number, view: DataView, start: number, end: number): boolean {
    const kept = this.#view
    let keptAt = slot * LONGEST
    if (end - start < 4) {
      for (let at = start; at < end; at++, keptAt++)
        if (kept.getUint8(keptAt) !== view.getUint8(at)) return false
      return true
    }
    const last = end - 4
    if (kept.getInt32(keptAt + last - start, true) !== view.getInt32(last, true)) return false
    for (let at = start; at < last; at += 4, keptAt += 4)
      if (kept.getInt32(keptAt, true) !== view.getInt32(at, true)) return false
    return true
  }
}
