import { hash } from 'node:crypto'

/** As many digits as a number holds exactly. */
const HEX_DIGITS = 13

/** A number for a text: the same in every thread, and in practice for no other text. */
export function textHash(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, HEX_DIGITS), 16)
}
