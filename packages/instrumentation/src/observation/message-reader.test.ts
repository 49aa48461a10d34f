import { constants, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wholeOf } from '../wire/bytes.ts'
import { MessageReader } from './message-reader.ts'

interface Frame {
  opcode: number
  payload: Buffer
  final?: boolean
  masked?: boolean
  compressed?: boolean
}

/** A sender of our own, so that reader and writer have nothing in common. */
function frame({ opcode, payload, final = true, masked = false, compressed = false }: Frame): Buffer {
  const { length } = payload
  const head = [(final ? 0x80 : 0) | (compressed ? 0x40 : 0) | opcode]
  const bit = masked ? 0x80 : 0
  if (length < 126) head.push(bit | length)
  else if (length < 65_536) head.push(bit | 126, length >> 8, length & 0xff)
  else
    head.push(
      bit | 127,
      0,
      0,
      0,
      0,
      (length >>> 24) & 0xff,
      (length >>> 16) & 0xff,
      (length >>> 8) & 0xff,
      length & 0xff,
    )
  if (!masked) return Buffer.concat([Buffer.from(head), payload])
  const mask = [0x12, 0xfe, 0x00, 0x9a]
  return Buffer.concat([
    Buffer.from([...head, ...mask]),
    payload.map((byte, index) => byte ^ mask[index % 4]!),
  ])
}

async function read(chunks: Iterable<Uint8Array>, wants = (_: Buffer): boolean => true): Promise<unknown[]> {
  const told: unknown[] = []
  let open = 0
  let allTold = (): void => {}
  const reader = new MessageReader({
    wants,
    onArrival() {
      open++
      return (message) => {
        const whole = message && wholeOf(message)
        told.push(message === undefined ? undefined : (whole?.toString() ?? message.totalBytes))
        if (--open === 0) allTold()
      }
    },
    onClosing: (code, reason) => told.push([code, reason]),
    onLost: () => told.push('lost'),
  })
  for (const chunk of chunks) reader.write(chunk)
  if (open > 0)
    await new Promise<void>((resolve) => {
      allTold = resolve
    })
  return told
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const ends = [...at.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end))
}

const text = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc
    .constantFrom(125, 126, 127, 4_000, 65_535, 65_536, 70_000)
    .map((length) => 'ä'.repeat(length / 2) + 'x'.repeat(length % 2)),
)
const message = fc.record({
  text,
  masked: fc.boolean(),
  binary: fc.boolean(),
  cuts: fc.array(fc.nat(), { maxLength: 3 }),
  ping: fc.boolean(),
})

describe('the messages of one side of a WebSocket', () => {
  test('are the same wherever the bytes are cut, in fragments or not, with pings between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        async (messages, cuts) => {
          const bytes = messages.flatMap(({ text, masked, binary, cuts, ping }) => {
            const pieces = cut(Buffer.from(text), cuts)
            return pieces.flatMap((payload, index) => [
              frame({
                opcode: index > 0 ? 0 : binary ? 2 : 1,
                payload,
                masked,
                final: index === pieces.length - 1,
              }),
              ...(ping ? [frame({ opcode: 9, payload: Buffer.from('ping'), masked })] : []),
            ])
          })
          expect(await read(cut(Buffer.concat(bytes), cuts))).toEqual(
            messages.map(({ text }) => text || undefined),
          )
        },
      ),
      { numRuns: 150 },
    )
  })

  test('can be cut at every byte', async () => {
    const bytes = Buffer.concat([
      frame({ opcode: 1, payload: Buffer.from('Hel'), masked: true, final: false }),
      frame({ opcode: 10, payload: Buffer.from('pong'), masked: true }),
      frame({ opcode: 0, payload: Buffer.from('lo'), masked: true }),
      frame({ opcode: 1, payload: Buffer.from('y'.repeat(200)), masked: true }),
      frame({ opcode: 8, payload: Buffer.from([0x03, 0xf3, ...Buffer.from('broken')]), masked: true }),
    ])
    for (let at = 0; at <= bytes.length; at++)
      expect(await read(cut(bytes, [at]))).toEqual(['Hello', 'y'.repeat(200), [1011, 'broken']])
    expect(await read([...bytes].map((byte) => Buffer.from([byte])))).toHaveLength(3)
  })

  test('are decompressed, each with what came before it as context', async () => {
    const texts = ['a response of some length, '.repeat(40), 'a response of some length, '.repeat(50)]
    const whole = deflateRawSync(Buffer.from(texts[0]!), { finishFlush: constants.Z_SYNC_FLUSH })
    const both = deflateRawSync(Buffer.from(texts[1]!), {
      finishFlush: constants.Z_SYNC_FLUSH,
      dictionary: Buffer.from(texts[0]!),
    })
    const plain = frame({ opcode: 1, payload: Buffer.from('as it is') })
    const [first, second] = [whole, both].map((bytes) => bytes.subarray(0, -4))
    const bytes = Buffer.concat([
      frame({ opcode: 1, payload: first!.subarray(0, 5), compressed: true, final: false }),
      frame({ opcode: 0, payload: first!.subarray(5) }),
      frame({ opcode: 2, payload: second!, compressed: true }),
      frame({ opcode: 1, payload: Buffer.from([0x00]), compressed: true }),
    ])
    for (const at of [1, 3, 9, 30, bytes.length - 1])
      expect(await read([...cut(bytes, [at])])).toEqual([...texts, undefined])
    expect(await read([plain])).toEqual(['as it is'])
  })

  test('are decompressed when each of them is a last block', async () => {
    const texts = ['one and one and one', 'two and two and two']
    const frames = texts.map((text) =>
      frame({ opcode: 1, payload: deflateRawSync(Buffer.from(text)), compressed: true }),
    )
    const told = []
    for (const bytes of frames) told.push(...(await read([bytes])))
    expect(told).toEqual(texts)
  })

  test('whose compressed bytes are none end the reading', async () => {
    const bytes = frame({ opcode: 1, payload: Buffer.from([0xff, 0xff, 0xff, 0xff]), compressed: true })
    expect(await read([bytes])).toEqual([undefined, 'lost'])
  })

  test.each([
    ['a reserved opcode', Buffer.from([0x83, 0x01, 0x41])],
    ['a reserved bit', Buffer.from([0x91, 0x01, 0x41])],
    ['a continuation of nothing', frame({ opcode: 0, payload: Buffer.from('A') })],
    ['a control frame in fragments', frame({ opcode: 9, payload: Buffer.from('A'), final: false })],
    [
      'a message within a message',
      Buffer.concat([
        frame({ opcode: 1, payload: Buffer.from('A'), final: false }),
        frame({ opcode: 1, payload: Buffer.from('B') }),
      ]),
    ],
  ])('end with %s', async (_, bytes) => {
    expect(await read([bytes, frame({ opcode: 1, payload: Buffer.from('after') })])).toEqual([])
  })

  test('are passed over by their first bytes, however long they are', async () => {
    const seen: number[] = []
    const sound = Buffer.from(`{"type":"sound","delta":"${'A'.repeat(1_000_000)}"}`)
    const wants = (beginning: Buffer): boolean => {
      seen.push(beginning.length)
      return !beginning.includes('"sound"')
    }
    const bytes = Buffer.concat([
      frame({ opcode: 1, payload: sound, masked: true }),
      frame({ opcode: 1, payload: Buffer.from('{"type":"done"}'), masked: true }),
    ])
    expect(await read(cut(bytes, [100]), wants)).toEqual([undefined, '{"type":"done"}'])
    expect(seen).toEqual([86])
  })

  test('are held with their two ends when they are too long to be held whole', async () => {
    const bytes = frame({ opcode: 1, payload: Buffer.from('z'.repeat(1_000_000)) })
    expect(await read(cut(bytes, [70_000, 400_000]))).toEqual([1_000_000])
  })
})
