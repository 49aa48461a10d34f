import { expect, test } from 'vitest'
import { FrameReader } from './frame-reader.ts'
import { encodeFrame, Flag, FrameType } from './frames.ts'

/** Everything that is said of a connection's bytes, DATA joined. */
function read(pieces: readonly Buffer[]): string[] {
  const seen: string[] = []
  let data = ''
  const reader = new FrameReader({
    frame: ({ type, flags, streamId, payload }) =>
      seen.push(`${type} ${flags} ${streamId} ${payload.toString('hex')}`),
    data(streamId, content, isEnd) {
      data += content.toString('hex')
      if (!isEnd) return
      seen.push(`data ${streamId} ${data}`)
      data = ''
    },
  })
  for (const piece of pieces) reader.push(piece)
  return seen
}

test('frames are the same however they were cut on the way', () => {
  const payload = Buffer.from(Array.from({ length: 600 }, (_, index) => index % 251))
  const bytes = Buffer.concat([
    encodeFrame(FrameType.settings, 0, 0),
    encodeFrame(FrameType.headers, Flag.endHeaders, 1, payload.subarray(0, 300)),
    encodeFrame(FrameType.data, 0, 1, payload),
    encodeFrame(FrameType.ping, 0, 0, payload.subarray(0, 8)),
    encodeFrame(FrameType.data, 0, 1),
    encodeFrame(FrameType.data, Flag.endStream, 1, payload.subarray(0, 5)),
    encodeFrame(FrameType.data, Flag.endStream | Flag.padded, 3, Buffer.from([1, 9, 0])),
    encodeFrame(FrameType.data, Flag.endStream, 5),
  ])
  const whole = read([bytes])
  expect(whole).toEqual([
    '4 0 0 ',
    `1 4 1 ${payload.toString('hex', 0, 300)}`,
    `6 0 0 ${payload.toString('hex', 0, 8)}`,
    `data 1 ${payload.toString('hex')}${payload.toString('hex', 0, 5)}`,
    '0 9 3 010900',
    'data 5 ',
  ])
  for (let cut = 1; cut < bytes.byteLength; cut++) {
    expect(read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole)
  }
  expect(read([...bytes].map((byte) => Buffer.of(byte)))).toEqual(whole)
})

test('a frame that states more than 16 KiB is refused by its head', () => {
  const head = encodeFrame(FrameType.headers, 0, 1)
  head.writeUIntBE(2 ** 14 + 1, 0, 3)
  expect(() => read([head])).toThrow('frame larger than 16 KiB')
})
