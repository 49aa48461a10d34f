import { type JsonObject, parseJson } from './json.ts'
import {
  cut,
  endOfString,
  endOfValue,
  isEscaped,
  type JsonSource,
  skipWhitespace,
  textOf,
} from './json-text.ts'

const COLON = 0x3a
const QUOTE = 0x22

/** From the beginning, a member longer than this (images, vectors) is skipped: only its name is kept. */
const MAX_VALUE_LENGTH = 4096

/** Members that are skipped however short they are: the content of requests, which is never read here. */
const CONTENT = new Set(['messages', 'contents', 'system', 'tools', 'functions'])

/** How often a name may turn up in the wrong place, as part of what a model wrote, before the search gives up. */
const MAX_CANDIDATES = 8

/**
 * The members of the JSON object at the start of `json`, as far as they are there: it may be cut off anywhere. Values
 * longer than 4 KB and messages are not parsed and are `undefined`, as is a value that is cut off.
 */
export function leadingMembers(json: JsonSource): JsonObject | undefined {
  const text = textOf(json)
  let index = skipWhitespace(text, lengthOfByteOrderMark(text))
  if (text.charCodeAt(index) !== 0x7b) return undefined
  const members: JsonObject = {}
  index = skipWhitespace(text, index + 1)
  while (text.charCodeAt(index) === QUOTE) {
    const nameEnd = endOfString(text, index)
    if (nameEnd === -1) break
    const name = unquoted(cut(json, index, nameEnd))
    const colon = skipWhitespace(text, nameEnd)
    if (text.charCodeAt(colon) !== COLON) break
    const start = skipWhitespace(text, colon + 1)
    const end = endOfValue(text, start)
    if (name !== undefined && name !== '__proto__') {
      members[name] = CONTENT.has(name) ? undefined : valueAt(json, start, end)
    }
    if (end === -1) break
    index = skipWhitespace(text, end)
    if (text.charCodeAt(index) !== 0x2c) break
    index = skipWhitespace(text, index + 1)
  }
  return members
}

/**
 * Looks from the end for a member of that name, `depth` objects or arrays deep (1: of the outermost object) in a JSON
 * text whose end is held and whose beginning may not be.
 */
export function trailingMember(json: JsonSource, name: string, depth = 1): unknown {
  const text = textOf(json)
  const quoted = `"${name}"`
  let found = text.lastIndexOf(quoted)
  for (let tried = 0; found !== -1 && tried < MAX_CANDIDATES; tried++) {
    const colon = skipWhitespace(text, found + quoted.length)
    if (text.charCodeAt(colon) === COLON && !isEscaped(text, found)) {
      const start = skipWhitespace(text, colon + 1)
      const end = endOfValue(text, start)
      if (end === -1) return undefined
      // Whatever its length: usage that lists every turn of an agent is long.
      if (depthToEnd(text, end) === depth) return parseJson(cut(json, start, end))
    }
    found = found === 0 ? -1 : text.lastIndexOf(quoted, found - 1)
  }
  return undefined
}

/** As {@link trailingMember}, from the beginning of a JSON text whose end may not be held. */
export function leadingMember(json: JsonSource, name: string, depth: number): unknown {
  const text = textOf(json)
  const quoted = `"${name}"`
  let found = text.indexOf(quoted)
  for (let tried = 0; found !== -1 && tried < MAX_CANDIDATES; tried++) {
    const colon = skipWhitespace(text, found + quoted.length)
    if (text.charCodeAt(colon) === COLON && depthFromStart(text, found) === depth) {
      const start = skipWhitespace(text, colon + 1)
      return valueAt(json, start, endOfValue(text, start))
    }
    found = text.indexOf(quoted, found + 1)
  }
  return undefined
}

function unquoted(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  const name = parseJson(quoted)
  return typeof name === 'string' ? name : undefined
}

function valueAt(json: JsonSource, start: number, end: number): unknown {
  if (end === -1 || end - start > MAX_VALUE_LENGTH) return undefined
  return parseJson(cut(json, start, end))
}

/** How many objects and arrays are open at `position`; -1 where it lies within a string. */
function depthFromStart(text: string, position: number): number {
  let open = 0
  let index = 0
  while (index < position) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      index = endOfString(text, index)
      if (index === -1 || index > position) return -1
      continue
    }
    if (code === 0x7b || code === 0x5b) open++
    else if (code === 0x7d || code === 0x5d) open--
    index++
  }
  return open
}

/** How many objects and arrays, open at `start`, are closed by the end of the text; -1 where the text breaks off. */
function depthToEnd(text: string, start: number): number {
  let closed = 0
  let open = 0
  let index = start
  while (index < text.length) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      index = endOfString(text, index)
      if (index === -1) return -1
      continue
    }
    if (code === 0x7b || code === 0x5b) open++
    else if (code === 0x7d || code === 0x5d) {
      if (open > 0) open--
      else closed++
    }
    index++
  }
  return open === 0 ? closed : -1
}

/** Of a string, or of bytes read as latin1. */
function lengthOfByteOrderMark(text: string): number {
  if (text.startsWith('\ufeff')) return 1
  return text.startsWith('\xef\xbb\xbf') ? 3 : 0
}
