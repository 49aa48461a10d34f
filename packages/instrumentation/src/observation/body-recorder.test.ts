import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BodyRecorder, HEAD_BYTES, observeWhole, TAIL_BYTES } from './body-recorder.ts'
import { TextBody } from './text-body.ts'

function bytes(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 31) % 251))
}

function record(body: Buffer, chunkSizes: Iterable<number>): ReturnType<BodyRecorder['finish']> {
  const recorder = new BodyRecorder()
  let offset = 0
  for (const size of chunkSizes) {
    if (offset >= body.length) break
    recorder.add(body.subarray(offset, offset + size))
    offset += size
  }
  return recorder.finish(true)
}

function* repeat(size: number): Generator<number> {
  for (;;) yield size
}

describe('BodyRecorder', () => {
  test('keeps a body that fits whole, however it is cut', () => {
    fc.assert(
      fc.property(fc.nat(HEAD_BYTES), fc.integer({ min: 1, max: 5000 }), (length, size) => {
        const body = bytes(length)
        const { head, tail, complete, totalBytes } = record(body, repeat(size))
        expect(Buffer.compare(head, body)).toBe(0)
        expect(Buffer.compare(tail, body)).toBe(0)
        expect({ complete, totalBytes }).toEqual({ complete: true, totalBytes: length })
      }),
      { numRuns: 60 },
    )
  })

  test.each([1, 7, 1000, 16_384, 65_536, 65_537, 200_000, 1_000_000])(
    'keeps the two ends of a longer body that comes in chunks of %i bytes',
    (size) => {
      for (const length of [HEAD_BYTES + 1, HEAD_BYTES + TAIL_BYTES, 3 * HEAD_BYTES + 17, 700_001]) {
        const body = bytes(length)
        const { head, tail, complete, totalBytes } = record(body, repeat(size))
        expect(Buffer.compare(head, body.subarray(0, HEAD_BYTES))).toBe(0)
        expect(Buffer.compare(tail, body.subarray(length - TAIL_BYTES))).toBe(0)
        expect({ complete, totalBytes }).toEqual({ complete: false, totalBytes: length })
      }
    },
  )

  test('a body of 1 GB takes no more memory than two ends', () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const recorder = new BodyRecorder()
    const before = process.memoryUsage().arrayBuffers
    for (let index = 0; index < 1024; index++) recorder.add(chunk)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * (HEAD_BYTES + TAIL_BYTES))
    expect(recorder.finish(true).totalBytes).toBe(1024 ** 3)
  })

  test('what was read of a body stays as it was when the memory is used for the next one', () => {
    const recorder = new BodyRecorder()
    for (let index = 0; index < 4; index++) recorder.add(Buffer.alloc(20_000, 'a'))
    const { head, tail } = recorder.finish(true)
    recorder.release()
    const next = new BodyRecorder()
    for (let index = 0; index < 4; index++) next.add(Buffer.alloc(20_000, 'b'))
    expect([head, tail].map((end) => Buffer.from(end).includes('b'))).toEqual([false, false])
  })

  test('a chunk that the app writes into afterwards is kept as it passed', () => {
    const recorder = new BodyRecorder()
    const chunk = Buffer.from('first')
    recorder.add(Buffer.from('a'))
    recorder.add(chunk)
    chunk.fill('x')
    expect(Buffer.from(recorder.finish(true).head).toString()).toBe('afirst')
  })

  test('bodies one after the other take the memory of one', () => {
    const chunk = Buffer.alloc(1000, 'x')
    const stream = (): void => {
      const recorder = new BodyRecorder()
      for (let index = 0; index < 200; index++) recorder.add(chunk)
      recorder.release()
    }
    stream()
    const before = process.memoryUsage().arrayBuffers
    for (let index = 0; index < 100; index++) stream()
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(HEAD_BYTES)
  })
})

describe('bodies in one piece', () => {
  test('a text is encoded, a long one at its two ends', () => {
    expect(new TextBody('é').head).toEqual(Buffer.from('é'))
    const long = `${'a'.repeat(100_000)}é`
    const { head, tail, complete, totalBytes } = new TextBody(long)
    expect({ complete, totalBytes }).toEqual({ complete: false, totalBytes: 100_002 })
    expect(head.length).toBe(HEAD_BYTES)
    expect(Buffer.from(tail).toString().endsWith('aé')).toBe(true)
  })

  test('bytes are not copied', () => {
    const body = bytes(10)
    expect(observeWhole(body).head).toBe(body)
  })
})
