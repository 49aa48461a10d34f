import { once } from 'node:events'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { grpc, http, PROTOBUF } from './support/client.ts'
import {
  CALL_HEADERS,
  Flag,
  FrameType,
  http2Frame,
  literalField,
  openRaw,
  openRawHttp2,
} from './support/http2-frames.ts'
import { children, newIds, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter, type Target } from './support/targets.ts'

let target: Target
beforeAll(async () => {
  const protocol = { endpoint: '127.0.0.1:0', read_header_timeout: '200ms', read_timeout: '600ms' }
  target = await startSpanmeter({
    sections: { receivers: { otlp: { protocols: { http: protocol, grpc: protocol } } } },
  })
})
afterAll(() => target.close())

async function expectServed(): Promise<void> {
  const ids = newIds(1)
  expect((await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(ids) })).status).toBe(200)
  expect((await grpc(target.grpc, { message: tracesProtobuf(ids) })).status).toBe(0)
}

/** What the server says until it closes the connection. */
async function untilClosed(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  if (!socket.closed) await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}

/** Writes until the server has had enough; false if it never has. */
async function isCutOff(socket: Socket, make: (index: number) => Buffer, most: number): Promise<boolean> {
  for (let index = 0; index < most && !socket.destroyed; ) {
    const batch = Array.from({ length: 5_000 }, () => make(index++))
    if (!socket.write(Buffer.concat(batch))) {
      await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined)
    }
    await new Promise(setImmediate)
  }
  return socket.destroyed
}

describe('slow clients', () => {
  test('a connection that says nothing is cut, over HTTP and gRPC', async () => {
    const sockets = [await openRaw(target.http), await openRaw(target.grpc)]
    await Promise.all(sockets.map(untilClosed))
    await expectServed()
  })

  test('headers that trickle in are cut with 408 and a Status', async () => {
    const socket = await openRaw(target.http)
    socket.write('POST /v1/traces HTTP/1.1\r\nhost: x\r\n')
    const trickle = setInterval(() => socket.write('x: y\r\n'), 20)
    const answer = await untilClosed(socket)
    clearInterval(trickle)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      code: 4,
      message: expect.any(String),
    })
  })

  test.each([
    ['application/json', (body: string) => JSON.parse(body).code],
    ['application/x-protobuf', (body: string) => children(Buffer.from(body, 'latin1'), 2).length && 4],
  ])('a body of %s that trickles in is cut with 408 and a Status in that encoding', async (type, codeOf) => {
    const socket = await openRaw(target.http)
    socket.write(
      `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: 9999\r\n\r\n`,
    )
    const trickle = setInterval(() => socket.write('a'), 20)
    const answer = await untilClosed(socket)
    clearInterval(trickle)
    const [head, body] = answer.split('\r\n\r\n') as [string, string]
    expect(head).toMatch(/^HTTP\/1\.1 408 /)
    expect(head).toContain(`content-type: ${type}`)
    expect(codeOf(body)).toBe(4)
  })

  test('a gRPC stream that never ends is cut; others on its connection go on', async () => {
    const socket = await openRawHttp2(target.grpc)
    socket.write(http2Frame(FrameType.headers, Flag.endHeaders, 1, CALL_HEADERS))
    const reset = new Promise<void>((resolve) => {
      let received = Buffer.alloc(0)
      socket.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk])
        for (let at = 0; at + 9 <= received.byteLength; at += 9 + received.readUIntBE(at, 3)) {
          if (received[at + 3] === FrameType.resetStream && received.readUInt32BE(at + 5) === 1) resolve()
        }
      })
    })
    await reset
    expect(socket.destroyed).toBe(false)
    socket.destroy()
  })
})

describe('what is no HTTP', () => {
  test.each([
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'GET / HTTP/9.9\r\n\r\n',
    'POST /v1/traces HTTP/1.1\r\nbad header\r\n\r\n',
  ])('%j is 400 with a Status, and the connection is closed', async (bytes) => {
    const socket = await openRaw(target.http)
    socket.write(Buffer.from(bytes, 'latin1'))
    const answer = await untilClosed(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 3 })
    await expectServed()
  })

  test('headers beyond 16 KiB are 431 with a Status', async () => {
    const reply = await http(target.http, { headers: { ...PROTOBUF, 'x-flood': 'x'.repeat(20_000) } })
    expect(reply.status).toBe(431)
    expect(JSON.parse(reply.body.toString())).toMatchObject({
      code: 3,
      message: 'the headers are larger than 16 KiB',
    })
  })
})

describe('HTTP/2 floods end with the connection', () => {
  const reset = Buffer.from([0, 0, 0, 8])
  test.each<[string, (index: number) => Buffer]>([
    [
      'streams opened and reset at once (CVE-2023-44487)',
      (index) =>
        Buffer.concat([
          http2Frame(FrameType.headers, Flag.endHeaders, 2 * index + 1, CALL_HEADERS),
          http2Frame(FrameType.resetStream, 0, 2 * index + 1, reset),
        ]),
    ],
    [
      'headers that are continued for ever (CVE-2024-27983)',
      (index) =>
        index === 0
          ? http2Frame(FrameType.headers, 0, 1, CALL_HEADERS)
          : http2Frame(FrameType.continuation, 0, 1, literalField(`x-${index}`, 'y'.repeat(100))),
    ],
    [
      'settings (CVE-2019-9515)',
      () => http2Frame(FrameType.settings, 0, 0, Buffer.from([0, 3, 0, 0, 0, 100])),
    ],
    ['pings (CVE-2019-9512)', () => http2Frame(FrameType.ping, 0, 0, Buffer.alloc(8))],
    [
      'empty data frames (CVE-2019-9518)',
      (index) =>
        index === 0
          ? http2Frame(FrameType.headers, Flag.endHeaders, 1, CALL_HEADERS)
          : http2Frame(FrameType.data, 0, 1),
    ],
    [
      'priorities (CVE-2019-9513)',
      (index) => http2Frame(FrameType.priority, 0, 2 * (index % 1_000) + 1, Buffer.from([0, 0, 0, 0, 1])),
    ],
    ['frames of unknown types', () => http2Frame(0xfa, 0, 0, Buffer.alloc(64))],
  ])('%s', async (_attack, make) => {
    // What the server answers is never read: it must not pile up in its memory.
    const socket = await openRawHttp2(target.grpc)
    expect(await isCutOff(socket, make, 200_000)).toBe(true)
    await expectServed()
  })

  test('a thousand streams that are never finished take no more than their share', async () => {
    const socket = await openRawHttp2(target.grpc)
    const streams = Array.from({ length: 1_000 }, (_, index) =>
      http2Frame(FrameType.headers, Flag.endHeaders, 2 * index + 1, CALL_HEADERS),
    )
    socket.resume()
    socket.write(Buffer.concat(streams))
    await expectServed()
    socket.destroy()
  })
})
