/** Characters that draw nothing, move the cursor or turn the direction of what follows. Joiners of emoji and scripts aren't among them. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * A text that came with a span, as one line that shows all there is to it: a terminal would obey the control characters
 * in it, and nobody sees a blank at its end.
 */
export function printable(text: string): string {
  const line = text.replace(
    UNSEEN,
    (character) => SHORT[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
  return line.trim() === line ? line : `"${line}"`
}
