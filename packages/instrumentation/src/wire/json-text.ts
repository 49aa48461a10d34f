import type { Buffer } from 'node:buffer'

/** JSON to be searched. Bytes are read as latin1, one character each, so that positions are the same in both. */
export type JsonSource = string | Buffer

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c

export function textOf(source: JsonSource): string {
  return typeof source === 'string' ? source : source.toString('latin1')
}

/** What stands between two positions. */
export function cut(source: JsonSource, start: number, end: number): string {
  return typeof source === 'string' ? source.slice(start, end) : source.toString('utf8', start, end)
}

/** @returns the first index from `start` that holds no JSON whitespace. */
export function skipWhitespace(text: string, start: number): number {
  let index = start
  while (text.charCodeAt(index) <= 0x20) index++
  return index
}

/** Whether an odd number of backslashes stands before `index`. */
export function isEscaped(text: string, index: number): boolean {
  let start = index
  while (text.charCodeAt(start - 1) === BACKSLASH) start--
  return (index - start) % 2 === 1
}

/**
 * Uses native search, as strings may be long and their content doesn't matter.
 *
 * @returns the index after the closing quote of the string that opens at `start`, or -1 where it doesn't end.
 */
export function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1)
  while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1)
  return quote === -1 ? -1 : quote + 1
}

/**
 * @returns the index after the JSON value that begins at `start`, or -1 where it isn't all there. Brackets are counted,
 *   not matched: whoever uses the value parses it anyway.
 */
export function endOfValue(text: string, start: number): number {
  const { length } = text
  let depth = 0
  let index = start
  while (index < length) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      index = endOfString(text, index)
      if (index === -1 || depth === 0) return index
      continue
    }
    if (code === 0x7b || code === 0x5b) depth++
    else if (code === 0x7d || code === 0x5d) {
      depth--
      if (depth <= 0) return depth === 0 ? index + 1 : index
    } else if (depth === 0 && (code === COMMA || code <= 0x20)) return index
    index++
  }
  return -1
}
