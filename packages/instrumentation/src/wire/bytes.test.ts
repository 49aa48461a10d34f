import { expect, test } from 'vitest'
import { textStart, wholeOf } from './bytes.ts'

test.each([
  ['overlap', 5, 3],
  ['meet', 4, 3],
])('a body is held whole where its beginning and its end %s', (_, headBytes, tailBytes) => {
  const bytes = Buffer.from('0123456')
  const held = {
    head: bytes.subarray(0, headBytes),
    tail: bytes.subarray(-tailBytes),
    complete: false,
    ended: true,
    totalBytes: bytes.length,
  }
  expect(wholeOf(held)?.toString()).toBe('0123456')
  expect(wholeOf({ ...held, totalBytes: bytes.length + 2 })).toBeUndefined()
})

test('a text begins after its byte order mark and whitespace', () => {
  expect(textStart(Buffer.from('\ufeff \r\n{'))).toBe(6)
  expect(textStart(Buffer.from('{'))).toBe(0)
  expect(textStart(Buffer.from(''))).toBe(0)
})
