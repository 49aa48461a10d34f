/** The beginning of a grapheme that takes two cells: East Asian wide and fullwidth (https://www.unicode.org/reports/tr11/), or emoji. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|.\ufe0f)/u

/** Text that needs no segmenting: ASCII, dashes, rules and bars. */
const NARROW = /^[\x20-\x7e\u2013\u2500-\u259f]*$/

const graphemes = new Intl.Segmenter()

function cells(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1
}

/** The number of terminal cells that a printable text takes. */
export function textWidth(text: string): number {
  if (NARROW.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += cells(segment)
  return width
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text
}

/** A text shortened to `width` cells, with an ellipsis at the end. */
export function clip(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let kept = ''
  let left = width - 1
  for (const { segment } of graphemes.segment(text)) {
    left -= cells(segment)
    if (left < 0) break
    kept += segment
  }
  return `${kept}…`
}
