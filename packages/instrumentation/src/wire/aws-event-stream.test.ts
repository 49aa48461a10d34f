import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { awsFrame } from '../../test/support/aws-frames.ts'
import { observeWhole } from '../observation/body-recorder.ts'
import { isAwsStream, readAwsEvents } from './aws-event-stream.ts'
import type { ObservedBody } from './types.ts'

/** With the checksum of its prelude, by which a frame is found in the middle of a body. */
function frame(named: Record<string, string>, payload: string): Buffer {
  const bytes = awsFrame(named, payload)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8)
  return bytes
}

const FRAMES = [
  frame({ ':content-type': 'application/json', ':event-type': 'chunk' }, '{"a":1}'),
  frame({ ':exception-type': 'throttlingException' }, '{"a":2}'),
  frame({ ':error-code': 'internal' }, '{"a":3}'),
]

const EVENTS = [
  ['chunk', { a: 1 }],
  ['throttlingException', { a: 2 }],
  ['internal', { a: 3 }],
]

function eventsIn(body: ObservedBody, direction: 'forward' | 'backward' = 'forward'): unknown[] {
  return [...readAwsEvents(body)[direction]()].map((event) => [event.type, event.json()])
}

/** A body of which only the end is held. */
function endOf(bytes: Buffer, start: number): ObservedBody {
  return { ...observeWhole(bytes), tail: bytes.subarray(start), complete: false }
}

describe('AWS event streams', () => {
  const whole = Buffer.concat(FRAMES)

  test('have events named by one of three headers, from either end', () => {
    expect(eventsIn(observeWhole(whole))).toEqual(EVENTS)
    expect(eventsIn(observeWhole(whole), 'backward')).toEqual(EVENTS.toReversed())
  })

  test('are read from the first whole frame of an end that begins inside of one', () => {
    for (let start = 1; start <= FRAMES[0]!.length; start++)
      expect(eventsIn(endOf(whole, start), 'backward')).toEqual(EVENTS.slice(1).toReversed())
    expect(eventsIn(endOf(whole, whole.length - 1), 'backward')).toEqual([])
  })

  test('are known by their first frame where nothing declares them, and text is none', () => {
    const received = (bytes: Buffer): boolean =>
      isAwsStream({ status: 200, header: () => undefined, body: observeWhole(bytes) })
    expect(received(whole)).toBe(true)
    expect(received(Buffer.from('{"message":"no frames"}'))).toBe(false)
    expect(received(whole.subarray(0, 11))).toBe(false)
  })

  test('end at a frame whose lengths contradict each other', () => {
    const changed = (position: number, value: number): Buffer => {
      const bytes = Buffer.from(FRAMES[0]!)
      bytes.writeUInt32BE(value, position)
      return bytes
    }
    for (const broken of [Buffer.alloc(64), changed(0, 0), changed(0, 4_000), changed(4, 4_000)])
      expect(eventsIn(observeWhole(Buffer.concat([broken, whole])))).toEqual([])
  })

  test('have no type where a header is longer than all headers together', () => {
    const named = Buffer.from(frame({ ':event-type': 'chunk' }, ''))
    named[12] = 0xff
    expect(eventsIn(observeWhole(named))).toEqual([[undefined, undefined]])
    const valued = Buffer.from(frame({ ':event-type': 'chunk' }, '{"a":1}'))
    valued.writeUInt16BE(500, 25)
    expect(eventsIn(observeWhole(valued))).toEqual([['chunk', { a: 1 }]])
  })
})
