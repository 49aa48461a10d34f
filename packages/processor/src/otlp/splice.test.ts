import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BufferPool } from './buffer-pool.ts'
import { Splice } from './splice.ts'

const pool = new BufferPool()

interface Edit {
  readonly kept: number
  readonly cut: number
  readonly inserted: Uint8Array
}

const edits = fc.array(
  fc.record({
    kept: fc.nat({ max: 40 }),
    cut: fc.nat({ max: 12 }),
    inserted: fc.uint8Array({ maxLength: 24 }),
  }),
  { maxLength: 20 },
)

/** The source, its edits made on a splice, and what should come out. */
function plan(list: readonly Edit[]): { source: Buffer; splice: Splice; expected: Buffer } {
  const splice = new Splice()
  const source: Buffer[] = []
  const expected: Buffer[] = []
  let at = 0
  for (const { kept, cut, inserted } of [...list, { kept: 7, cut: 0, inserted: new Uint8Array() }]) {
    const bytes = Buffer.from(Array.from({ length: kept + cut }, (_, index) => (at + index) & 0xff))
    source.push(bytes)
    expected.push(bytes.subarray(0, kept), Buffer.from(inserted))
    const start = splice.scratchLength
    splice.write(inserted)
    splice.replace(at + kept, at + kept + cut, start)
    at += kept + cut
  }
  return { source: Buffer.concat(source), splice, expected: Buffer.concat(expected) }
}

test('edits come out the same in a pooled buffer and in the memory of the source', () => {
  fc.assert(
    fc.property(edits, fc.nat({ max: 600 }), (list, room) => {
      const { source, splice, expected } = plan(list)
      const copied = splice.apply(source, pool)
      expect(copied.buffer.subarray(0, copied.length).equals(expected)).toBe(true)
      const memory = Buffer.concat([source, Buffer.alloc(room)])
      const { buffer, length } = splice.apply(memory.subarray(0, source.length), pool, memory)
      expect(buffer.subarray(0, length).equals(expected)).toBe(true)
    }),
  )
})

test('the memory of the source is used where the result fits, and a pooled buffer where it does not', () => {
  const { source, splice, expected } = plan([{ kept: 5, cut: 0, inserted: Buffer.from('inserted') }])
  const memory = Buffer.concat([source, Buffer.alloc(8)])
  expect(splice.apply(source, pool, Buffer.from(source)).buffer.length).toBe(4096)
  const { buffer, length } = splice.apply(memory.subarray(0, source.length), pool, memory)
  expect(buffer === memory).toBe(true)
  expect(buffer.subarray(0, length)).toEqual(expected)
})

test('a source whose bytes move towards its start is copied', () => {
  const { source, splice, expected } = plan([
    { kept: 5, cut: 3, inserted: Buffer.from('x') },
    { kept: 5, cut: 0, inserted: Buffer.from('longer') },
  ])
  const memory = Buffer.concat([source, Buffer.alloc(8)])
  const { buffer, length } = splice.apply(memory.subarray(0, source.length), pool, memory)
  expect(buffer === memory).toBe(false)
  expect(buffer.subarray(0, length)).toEqual(expected)
})
