import type { Cell } from '../api/types.ts'

/** Characters that draw nothing or turn the direction of what follows. Joiners of emoji and scripts aren't among them. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * A value of a dimension, with everything in it made visible: no two different values look the same, and none looks
 * empty.
 */
export function formatName(value: string | null): string {
  if (value === null) return 'untagged'
  const line = value.replace(
    UNSEEN,
    (character) => SHORT[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
  return line.trim() === line ? line : `"${line}"`
}

/** The same, for rows among which one has no value: `No feature`. */
export function formatKey(value: Cell | undefined, dimension: string): string {
  return value == null ? `No ${dimension.toLowerCase()}` : formatName(String(value))
}
