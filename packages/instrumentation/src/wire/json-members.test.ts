import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leadingMember, leadingMembers, trailingMember } from './json-members.ts'

const bytes = (text: string): Buffer => Buffer.from(text)

/** A string as JSON has it, with characters escaped that need not be. */
const jsonString = fc
  .array(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), fc.boolean()))
  .map((characters) =>
    characters.map(([character, isEscaped]) =>
      isEscaped && character.length === 1
        ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
        : JSON.stringify(character).slice(1, -1),
    ),
  )
  .map((characters) => `"${characters.join('')}"`)
const whitespace = fc.constantFrom('', '', ' ', '\n\t', '\r\n')

/** An object's text: whitespace anywhere, names that are there twice. */
const objectText = fc
  .array(fc.tuple(jsonString, fc.oneof(jsonString, fc.json()), whitespace), { maxLength: 8 })
  .map((members) => members.map(([name, value, space]) => `${space}${name}${space}:${space}${value}${space}`))
  .chain((members) => fc.constantFrom(members, [...members, ...members.slice(0, 2)]))
  .map((members) => `{${members.join(',')}}`)
  .filter((text) => !text.includes('__proto__'))

describe('leadingMembers', () => {
  test('reads of a text, and of its bytes, what a parser does', () => {
    fc.assert(
      fc.property(objectText, (text) => {
        const parsed = JSON.parse(text)
        expect(leadingMembers(text)).toEqual(parsed)
        expect(leadingMembers(bytes(text))).toEqual(parsed)
        expect(leadingMembers(`\ufeff${text}`)).toEqual(parsed)
      }),
    )
  })

  test('reads the same of a text that is cut off anywhere, and of its bytes', () => {
    fc.assert(
      fc.property(objectText, fc.nat(), (text, seed) => {
        const part = text.slice(0, seed % (text.length + 1)).toWellFormed()
        expect(leadingMembers(part)).toEqual(leadingMembers(bytes(part)))
      }),
    )
  })

  test('reads every member of a small object, escapes and nesting included', () => {
    const object = {
      'a"b': 'c\\"d',
      list: [1, [2, '}']],
      nested: { deep: { er: null } },
      n: -1.5e3,
      yes: true,
    }
    expect(leadingMembers(bytes(JSON.stringify(object)))).toEqual(object)
    expect(leadingMembers(bytes(JSON.stringify(object, undefined, 2)))).toEqual(object)
  })

  test('gives what precedes the cut of a body cut anywhere, and never a part of a value', () => {
    const text = JSON.stringify({
      model: 'gpt-5',
      max_tokens: 12345,
      messages: [{ content: 'héllo "x"' }],
      stream: true,
    })
    const whole = JSON.parse(text)
    for (let length = 0; length < Buffer.byteLength(text); length++) {
      const members = leadingMembers(bytes(text).subarray(0, length)) ?? {}
      for (const [name, value] of Object.entries(members)) {
        if (value !== undefined) expect({ name, value }).toEqual({ name, value: whole[name] })
      }
    }
  })

  test('passes over a long value, keeping its name', () => {
    const text = JSON.stringify({ input: 'x'.repeat(100_000), model: 'm' })
    expect(leadingMembers(bytes(text))).toEqual({ input: undefined, model: 'm' })
  })

  test('keeps the names of messages only, and gives no object another prototype', () => {
    const text = '{"messages":["x"],"system":"x","__proto__":{"model":"y"},"model":"m"}'
    const members = leadingMembers(text)
    expect(members).toEqual({ messages: undefined, system: undefined, model: 'm' })
    expect(Object.keys(members ?? {})).toEqual(['messages', 'system', 'model'])
    expect(Object.getPrototypeOf(members)).toBe(Object.prototype)
  })

  test('goes on after text that is not quite JSON', () => {
    expect(leadingMembers(bytes('{"tools": [{"a": 1,}], "model": "m"}'))).toEqual({
      tools: undefined,
      model: 'm',
    })
  })

  test.each(['', '[1]', 'null', 'data: {}', '\u0000\u0001'])('%j is no object', (text) => {
    expect(leadingMembers(bytes(text))).toBeUndefined()
  })
})

describe('leadingMember', () => {
  const text = JSON.stringify({
    finish_reason: 'of the outermost',
    choices: [{ note: '"finish_reason":"x"', finish_reason: 'stop', message: 'x'.repeat(1000) }],
  })

  test('finds the member at its depth, not one of the same name elsewhere', () => {
    expect(leadingMember(bytes(text), 'finish_reason', 3)).toBe('stop')
    expect(leadingMember(bytes(text), 'finish_reason', 1)).toBe('of the outermost')
    expect(leadingMember(bytes(text), 'finish_reason', 2)).toBeUndefined()
  })

  test('takes no end of a longer name for the name', () => {
    const named = JSON.stringify({ 'their "usage': { a: 9 }, usage: { a: 1 } })
    expect(leadingMember(bytes(named), 'usage', 1)).toEqual({ a: 1 })
  })

  test('needs no end, but the whole of the value', () => {
    const end = text.indexOf('stop"')
    expect(leadingMember(bytes(text.slice(0, end + 5)), 'finish_reason', 3)).toBe('stop')
    expect(leadingMember(bytes(text.slice(0, end + 4)), 'finish_reason', 3)).toBeUndefined()
  })
})

describe('trailingMember', () => {
  test('finds the member at its depth, not one of the same name elsewhere', () => {
    const text = JSON.stringify({
      choices: [{ arguments: { usage: { a: 1 } } }],
      usage: { a: 2 },
      tail: { usage: 3 },
    })
    expect(trailingMember(bytes(text), 'usage')).toEqual({ a: 2 })
    expect(trailingMember(bytes(text), 'usage', 2)).toBe(3)
    expect(trailingMember(bytes(text), 'usage', 4)).toEqual({ a: 1 })
  })

  test('needs no beginning', () => {
    const text = JSON.stringify({ data: 'x'.repeat(1000), usage: { total_tokens: 7 } })
    expect(trailingMember(bytes(text.slice(500)), 'usage')).toEqual({ total_tokens: 7 })
  })

  test('takes it however long it is', () => {
    const usage = { iterations: Array.from({ length: 500 }, (_, turn) => ({ turn, tokens: 1 })) }
    expect(trailingMember(bytes(JSON.stringify({ data: 'x', usage })), 'usage')).toEqual(usage)
  })

  test('takes no text that a model wrote for a member', () => {
    const text = JSON.stringify({ usage: { a: 1 }, content: 'say {"usage":{"a":9}} or \\"usage\\":{' })
    expect(trailingMember(bytes(text), 'usage')).toEqual({ a: 1 })
    const named = JSON.stringify({ usage: { a: 1 }, 'their "usage': { a: 9 } })
    expect(trailingMember(bytes(named), 'usage')).toEqual({ a: 1 })
  })

  test('finds nothing where the text breaks off', () => {
    expect(trailingMember(bytes('{"usage":{"a":1},"b":"c'), 'usage')).toBeUndefined()
    expect(trailingMember(bytes('{"usage":{"a":'), 'usage')).toBeUndefined()
    expect(trailingMember(bytes('{"usage":{"a":1}},{"b":'), 'usage')).toBeUndefined()
  })
})
