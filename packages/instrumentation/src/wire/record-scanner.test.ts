import { describe, expect, test } from 'vitest'
import type { JsonObject } from './json.ts'
import { RecordScanner } from './record-scanner.ts'

const SHAPE = { depth: 3, names: ['model', 'usage'] }

function recordsIn(text: string, pieceBytes = text.length): JsonObject[] {
  const records: JsonObject[] = []
  const scanner = new RecordScanner(SHAPE, (record) => records.push(record))
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.length; start += pieceBytes)
    scanner.write(bytes.subarray(start, start + pieceBytes))
  return records
}

const usage = { input_tokens: 10, iterations: [{ type: 'message', note: '}],"' }] }
/** What a model wrote about usage is none. */
const content = [
  { type: 'text', text: 'say "usage": {"input_tokens": 99} \\' },
  { usage: { input_tokens: 98 } },
]
const message = { id: 'm1', model: 'a"b\\', content, usage, stop: null }
const line = (custom_id: string, result: object): string => JSON.stringify({ custom_id, result, model: 'x' })

const LINES = [
  line('1', { type: 'succeeded', message }),
  line('2', { type: 'errored', error: { message: 'no' } }),
  line('usage', { type: 'succeeded', message: { usage, model: 'é' } }),
].join('\n')

const RECORDS = [
  { model: 'a"b\\', usage },
  { model: 'é', usage },
]

describe('RecordScanner', () => {
  test('finds the members asked for at their depth, in one JSON text a line', () => {
    expect(recordsIn(LINES)).toEqual(RECORDS)
  })

  test('wherever the text is cut', () => {
    for (let pieceBytes = 1; pieceBytes < 40; pieceBytes++)
      expect(recordsIn(LINES, pieceBytes)).toEqual(RECORDS)
  })

  test('in one text over many lines', () => {
    const text = JSON.stringify([{ message }, { message: { model: 'b' } }], undefined, 2)
    expect(recordsIn(text, 7)).toEqual([{ model: 'a"b\\', usage }, { model: 'b' }])
  })

  test('passes over a value too long to be one, and goes on', () => {
    const long = { message: { model: 'x'.repeat(100_000), usage } }
    expect(recordsIn(JSON.stringify([long, { message }]), 1000)).toEqual([
      { usage },
      { model: 'a"b\\', usage },
    ])
  })

  test('what it is given may be written over', () => {
    const records: JsonObject[] = []
    const scanner = new RecordScanner(SHAPE, (record) => records.push(record))
    const piece = Buffer.alloc(1)
    for (const byte of Buffer.from(LINES)) {
      piece[0] = byte
      scanner.write(piece)
    }
    expect(records).toEqual(RECORDS)
  })

  test.each(['', '}}}}', '{"a":[[[', '"\\', '{{{{"model":"m"', '{"a":{"b":{"model":}}}'])(
    'what is no JSON gives nothing: %s',
    (text) => {
      expect(
        recordsIn(text).filter((record) => Object.values(record).some((value) => value !== undefined)),
      ).toEqual([])
    },
  )
})
