import type { Buffer } from 'node:buffer'
import { endOfString, endOfValue, isEscaped, skipWhitespace } from './bytes.ts'
import { type JsonObject, parseJson } from './json.ts'

const COLON = 0x3a
const QUOTE = 0x22

/** From the beginning, a member longer than this (images, vectors) is passed over: only its name is kept. */
const MAX_VALUE_BYTES = 4096

/** What is passed over however short it is: the content of requests, of which nothing is ever read here. */
const CONTENT = new Set(['messages', 'contents', 'system', 'tools', 'functions'])

/** How often a name may turn up in the wrong place, as part of what a model wrote, before the search gives up. */
const MAX_CANDIDATES = 8

/**
 * The members of the JSON object at the start of `bytes`, as far as they are there: a body may be cut off anywhere.
 * Values longer than 4 KB and messages are not parsed and are `undefined`, as is a value that is not all there.
 */
export function leadingMembers(bytes: Buffer): JsonObject | undefined {
  const end = bytes.length
  let index = skipWhitespace(bytes, hasByteOrderMark(bytes) ? 3 : 0, end)
  if (bytes[index] !== 0x7b) return undefined
  const members: JsonObject = {}
  index = skipWhitespace(bytes, index + 1, end)
  while (index < end && bytes[index] === QUOTE) {
    const nameEnd = endOfString(bytes, index, end)
    if (nameEnd === -1) break
    const name = nameAt(bytes, index, nameEnd)
    const colon = skipWhitespace(bytes, nameEnd, end)
    if (bytes[colon] !== COLON) break
    const start = skipWhitespace(bytes, colon + 1, end)
    const valueEnd = endOfValue(bytes, start, end)
    if (name !== undefined && name !== '__proto__') {
      members[name] = CONTENT.has(name) ? undefined : valueAt(bytes, start, valueEnd)
    }
    if (valueEnd === -1) break
    index = skipWhitespace(bytes, valueEnd, end)
    if (bytes[index] !== 0x2c) break
    index = skipWhitespace(bytes, index + 1, end)
  }
  return members
}

/**
 * Looks from the end for a member of that name, `depth` objects or arrays deep (1: of the outermost object) in a JSON
 * text whose end is at hand and whose beginning may not be.
 */
export function trailingMember(bytes: Buffer, name: string, depth = 1): unknown {
  const quoted = `"${name}"`
  let found = bytes.lastIndexOf(quoted)
  for (let tried = 0; found !== -1 && tried < MAX_CANDIDATES; tried++) {
    const colon = skipWhitespace(bytes, found + quoted.length, bytes.length)
    if (bytes[colon] === COLON && !isEscaped(bytes, found, 0)) {
      const start = skipWhitespace(bytes, colon + 1, bytes.length)
      const end = endOfValue(bytes, start, bytes.length)
      if (end === -1) return undefined
      // However long: it is asked for by its name, and usage that lists each turn of an agent is.
      if (depthToEnd(bytes, end) === depth) return parseJson(bytes.toString('utf8', start, end))
    }
    found = found === 0 ? -1 : bytes.lastIndexOf(quoted, found - 1)
  }
  return undefined
}

/** As {@link trailingMember}, from the beginning of a JSON text whose end may not be at hand. */
export function leadingMember(bytes: Buffer, name: string, depth: number): unknown {
  const quoted = `"${name}"`
  let found = bytes.indexOf(quoted)
  for (let tried = 0; found !== -1 && tried < MAX_CANDIDATES; tried++) {
    const colon = skipWhitespace(bytes, found + quoted.length, bytes.length)
    if (bytes[colon] === COLON && depthFromStart(bytes, found) === depth) {
      const start = skipWhitespace(bytes, colon + 1, bytes.length)
      return valueAt(bytes, start, endOfValue(bytes, start, bytes.length))
    }
    found = bytes.indexOf(quoted, found + 1)
  }
  return undefined
}

function nameAt(bytes: Buffer, start: number, end: number): string | undefined {
  const name = bytes.toString('utf8', start + 1, end - 1)
  if (!name.includes('\\')) return name
  const unescaped = parseJson(`"${name}"`)
  return typeof unescaped === 'string' ? unescaped : undefined
}

function valueAt(bytes: Buffer, start: number, end: number): unknown {
  if (end === -1 || end - start > MAX_VALUE_BYTES) return undefined
  return parseJson(bytes.toString('utf8', start, end))
}

/** How many objects and arrays are open at `position`; -1 where it lies within a string. */
function depthFromStart(bytes: Buffer, position: number): number {
  let open = 0
  let index = 0
  while (index < position) {
    const byte = bytes[index]!
    if (byte === QUOTE) {
      index = endOfString(bytes, index, bytes.length)
      if (index === -1 || index > position) return -1
      continue
    }
    if (byte === 0x7b || byte === 0x5b) open++
    else if (byte === 0x7d || byte === 0x5d) open--
    index++
  }
  return open
}

/** How many objects and arrays, open at `start`, are closed by the end of the text; -1 where the text breaks off. */
function depthToEnd(bytes: Buffer, start: number): number {
  let closed = 0
  let open = 0
  let index = start
  while (index < bytes.length) {
    const byte = bytes[index]!
    if (byte === QUOTE) {
      index = endOfString(bytes, index, bytes.length)
      if (index === -1) return -1
      continue
    }
    if (byte === 0x7b || byte === 0x5b) open++
    else if (byte === 0x7d || byte === 0x5d) {
      if (open > 0) open--
      else closed++
    }
    index++
  }
  return open === 0 ? closed : -1
}

function hasByteOrderMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}
