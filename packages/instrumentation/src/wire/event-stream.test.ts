import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openEventStream } from './event-stream.ts'
import type { ObservedBody } from './types.ts'

const EVENTS = [
  { type: 'start', id: 'ø-1' },
  { type: 'delta', text: 'naïve "data: x"\n\ntext 😀' },
  { type: 'delta', text: 'more' },
  { type: 'stop', usage: { total_tokens: 42 } },
]

function frame(type: string, payload: object): Buffer {
  const header = (name: string, value: string): Buffer => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(Buffer.byteLength(value))
    return Buffer.concat([
      Buffer.from([name.length]),
      Buffer.from(name),
      Buffer.from([7]),
      length,
      Buffer.from(value),
    ])
  }
  const headers = Buffer.concat([header(':message-type', 'event'), header(':event-type', type)])
  const data = Buffer.from(JSON.stringify(payload))
  const prelude = Buffer.alloc(12)
  prelude.writeUInt32BE(12 + headers.length + data.length + 4, 0)
  prelude.writeUInt32BE(headers.length, 4)
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8)
  const message = Buffer.concat([prelude, headers, data])
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(message))
  return Buffer.concat([message, checksum])
}

const sse = (newline: string): string =>
  EVENTS.map(
    (event) =>
      `: ping${newline}event: ${event.type}${newline}data: ${JSON.stringify(event)}${newline}${newline}`,
  ).join('')

const FRAMINGS: [string, string, Buffer][] = [
  ['SSE with LF', 'text/event-stream', Buffer.from(sse('\n'))],
  ['SSE with CRLF', 'text/event-stream; charset=utf-8', Buffer.from(sse('\r\n'))],
  ['SSE with CR', 'text/event-stream', Buffer.from(sse('\r'))],
  ['SSE without content type', '', Buffer.from(sse('\n'))],
  ['SSE with a byte order mark', 'text/event-stream', Buffer.from(`\uFEFF${sse('\n')}`)],
  [
    'SSE with a byte order mark right before data',
    'text/event-stream',
    Buffer.from(`\uFEFF${EVENTS.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}`),
  ],
  [
    'SSE with data on many lines',
    'text/event-stream',
    Buffer.from(
      EVENTS.map((event) => `${JSON.stringify(event, undefined, 1).replace(/^/gm, 'data:')}\n\n`).join(''),
    ),
  ],
  [
    'SSE without empty lines between events',
    'text/event-stream',
    Buffer.from(EVENTS.map((event) => `data: ${JSON.stringify(event)}\n`).join('')),
  ],
  [
    'NDJSON',
    'application/x-ndjson',
    Buffer.from(EVENTS.map((event) => `${JSON.stringify(event)}\n`).join('')),
  ],
  [
    'NDJSON with an object over several lines',
    'application/x-ndjson',
    Buffer.from(EVENTS.map((event, index) => `${JSON.stringify(event, null, index)}\n`).join('')),
  ],
  [
    'JSON array',
    'application/json',
    Buffer.from(`[${EVENTS.map((event) => JSON.stringify(event)).join('\n,\r\n')}\n]`),
  ],
  [
    'AWS event stream',
    'application/vnd.amazon.eventstream',
    Buffer.concat(EVENTS.map((event) => frame(event.type, event))),
  ],
  [
    'AWS event stream without content type',
    '',
    Buffer.concat(EVENTS.map((event) => frame(event.type, event))),
  ],
]

function stream(
  type: string,
  body: Partial<ObservedBody> & { head: Uint8Array },
): ReturnType<typeof openEventStream> {
  const whole = { tail: body.head, complete: true, ended: true, totalBytes: body.head.length }
  return openEventStream({
    status: 200,
    header: (name) => (name === 'content-type' && type !== '' ? type : undefined),
    body: { ...whole, ...body },
  })
}

const parsed = (events: Iterable<{ json(): unknown }> | undefined): unknown[] =>
  [...(events ?? [])].map((event) => event.json()).filter((event) => event !== undefined)

describe.each(FRAMINGS)('%s', (_, type, bytes) => {
  test('gives the same events from both ends, and those that hold a text', () => {
    expect(parsed(stream(type, { head: bytes })?.forward())).toEqual(EVENTS)
    expect(parsed(stream(type, { head: bytes })?.backward())).toEqual(EVENTS.toReversed())
    expect(parsed(stream(type, { head: bytes })?.containing('"delta"'))).toEqual(EVENTS.slice(1, 3))
    expect(parsed(stream(type, { head: bytes })?.containing('"start"'))).toEqual(EVENTS.slice(0, 1))
  })

  test('needs nothing behind the last event of a body that has ended', () => {
    const ended = Buffer.from(bytes.toString('latin1').replace(/\s+$/, ''), 'latin1')
    expect(parsed(stream(type, { head: ended })?.forward())).toEqual(EVENTS)
    expect(parsed(stream(type, { head: ended })?.backward())).toEqual(EVENTS.toReversed())
    expect(parsed(stream(type, { head: ended })?.containing('"stop"'))).toEqual(EVENTS.slice(3))
  })

  test('gives only whole events of a body cut at any byte', () => {
    for (let length = 0; length < bytes.length; length++) {
      const events = parsed(stream(type, { head: bytes.subarray(0, length), ended: false })?.forward())
      expect(events).toEqual(EVENTS.slice(0, events.length))
    }
  })

  test('gives whole events or the end of one from a tail that begins at any byte', () => {
    for (let start = 1; start < bytes.length; start++) {
      const cut = {
        head: bytes.subarray(0, 40),
        tail: bytes.subarray(start),
        complete: false,
        totalBytes: bytes.length + 1,
      }
      const events = parsed(stream(type, cut)?.backward())
      expect(events).toEqual(EVENTS.slice(EVENTS.length - events.length).toReversed())
    }
  })
})

describe('openEventStream', () => {
  test.each(['{"a":1}', '{\n "a": 1\n}', '{"a":1}\n', '', 'Not Found', '<html>'])(
    '%j is no stream',
    (text) => {
      expect(stream('application/json', { head: Buffer.from(text) })).toBeUndefined()
    },
  )

  const large = { type: 'done', response: { output: 'x'.repeat(5000), usage: { total_tokens: 42 } } }

  /** Only the edges of such a body are held. */
  const edges = (text: string): Partial<ObservedBody> & { head: Uint8Array } => {
    const bytes = Buffer.from(text)
    const [head, tail] = [bytes.subarray(0, 100), bytes.subarray(-100)]
    return { head, tail, complete: false, totalBytes: bytes.length }
  }

  test.each([
    ['server-sent events', `data: {"type":"start"}\n\ndata: ${JSON.stringify(large)}\n\n`],
    ['lines', `{"type":"start"}\n${JSON.stringify(large)}\n`],
    ['an array', `[{"type":"start"},${JSON.stringify(large)}]`],
  ])('finds the usage at the end of an event of %s too large to be held whole', (_, text) => {
    const [last] = stream('', edges(text))?.backward() ?? []
    expect(last?.json()).toBeUndefined()
    expect(last?.trailing('usage', 2)).toEqual({ total_tokens: 42 })
  })

  test('takes nothing for the last element of an array that has not ended', () => {
    const text = `[{"type":"start"},${JSON.stringify(large)},{"list":[1],`
    expect([...(stream('', { ...edges(text), ended: false })?.backward() ?? [])]).toEqual([])
  })
})
