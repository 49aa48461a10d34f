import { hash } from 'node:crypto'

/** As many as a whole number of JavaScript has exactly. */
const HEX_DIGITS = 13

/** A whole number for a text: the same in every thread, and for no other text. */
export function textHash(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, HEX_DIGITS), 16)
}
