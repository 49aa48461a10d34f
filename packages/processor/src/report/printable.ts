/**
 * Characters that draw nothing, move the cursor or change the direction of what follows, but not the joiners that emoji and some
 * scripts need.
 */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * A text from a span as one line that shows everything in it: a terminal would obey control characters, and spaces at the end
 * would not be seen.
 */
export function printable(text: string): string {
  const line = text.replace(
    UNSEEN,
    (character) => SHORT[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
  return line.trim() === line ? line : `"${line}"`
}
