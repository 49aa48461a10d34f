import { once } from 'node:events'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRaw } from './support/http2-frames.ts'
import { newIds, tracesJson, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter, type Target } from './support/targets.ts'

/*
 * Requests of the plainest kind are read by the receiver itself, all others by Node's HTTP server. Nobody must be able to
 * tell which it was.
 */
let target: Target
beforeAll(async () => {
  target = await startSpanmeter()
})
afterAll(() => target.close())

interface Sent {
  readonly path?: string
  readonly headers?: readonly string[]
  readonly body: Buffer
}

function request({ path = '/v1/traces', headers = ['content-type: application/x-protobuf'], body }: Sent): {
  head: Buffer
  body: Buffer
} {
  const lines = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...headers,
    ...(headers.some((line) => /^(transfer-encoding|content-length):/.test(line))
      ? []
      : [`content-length: ${body.byteLength}`]),
  ]
  return { head: Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body }
}

/** Reads answers, each with a stated length, from one connection. */
class Answers {
  readonly #socket: Socket
  #received = Buffer.alloc(0)

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk])
    })
  }

  async next(): Promise<{ status: number; headers: string[]; body: string }> {
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n')
      const head = this.#received.toString('latin1', 0, Math.max(end, 0))
      const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? Number.NaN)
      if (end !== -1 && this.#received.byteLength >= end + 4 + length) {
        const body = this.#received.toString('latin1', end + 4, end + 4 + length)
        this.#received = this.#received.subarray(end + 4 + length)
        const [statusLine, ...headers] = head.toLowerCase().split('\r\n') as [string, ...string[]]
        const kept = headers.filter((line) => !line.startsWith('date: ')).sort()
        return { status: Number(statusLine.split(' ')[1]), headers: kept, body }
      }
      await Promise.race([once(this.#socket, 'data'), once(this.#socket, 'close')])
      if (this.#socket.destroyed) throw new Error(`closed after ${this.#received.toString('latin1')}`)
    }
  }
}

const traces = (): Buffer => tracesProtobuf(newIds(3))

describe('the answer does not depend on who has read the request', () => {
  test.each<[string, Sent]>([
    ['protobuf', { body: traces() }],
    ['JSON', { headers: ['content-type: application/json; charset=utf-8'], body: tracesJson(newIds(1)) }],
    [
      'gzip',
      {
        headers: ['content-type: application/json', 'content-encoding: gzip'],
        body: gzipSync(tracesJson(newIds(1))),
      },
    ],
    ['an empty request', { body: Buffer.alloc(0) }],
    ['damaged protobuf', { body: Buffer.from('ffffffff', 'hex') }],
    [
      'damaged gzip',
      { headers: ['content-type: application/json', 'content-encoding: gzip'], body: Buffer.from('no') },
    ],
    [
      'an unknown encoding',
      { headers: ['content-type: application/json', 'content-encoding: br'], body: Buffer.from('no') },
    ],
    ['metrics', { path: '/v1/metrics', body: Buffer.alloc(0) }],
  ])('%s', async (_, sent) => {
    const socket = await openRaw(target.http)
    const answers = new Answers(socket)
    const { head, body } = request(sent)
    socket.write(Buffer.concat([head, body]))
    const direct = await answers.next()
    // A head that comes in two is Node's to read, and so is the connection from then on.
    socket.write(head.subarray(0, 10))
    await new Promise(setImmediate)
    socket.write(Buffer.concat([head.subarray(10), body]))
    const byNode = await answers.next()
    socket.destroy()
    expect(direct).toEqual(byNode)
  })
})

describe('one connection', () => {
  test('carries requests of either kind, in any order', async () => {
    const socket = await openRaw(target.http)
    const answers = new Answers(socket)
    const body = traces()
    const plain = request({ body })
    const chunked = request({
      headers: ['content-type: application/x-protobuf', 'transfer-encoding: chunked'],
      body: Buffer.concat([
        Buffer.from(`${body.byteLength.toString(16)}\r\n`),
        body,
        Buffer.from('\r\n0\r\n\r\n'),
      ]),
    })
    const statuses: number[] = []
    for (const { head, body: content } of [plain, plain, chunked, plain]) {
      socket.write(Buffer.concat([head, content]))
      statuses.push((await answers.next()).status)
    }
    socket.destroy()
    expect(statuses).toEqual([200, 200, 200, 200])
  })

  test('answers requests that come all at once in their order', async () => {
    const socket = await openRaw(target.http)
    const answers = new Answers(socket)
    const large = Buffer.concat(Array.from({ length: 3_000 }, traces))
    const sent = [traces(), Buffer.from('ffffffff', 'hex'), large, traces(), Buffer.alloc(0)]
    socket.write(Buffer.concat(sent.flatMap((body) => Object.values(request({ body })))))
    const unknown = request({ path: '/v1/other', body: traces() })
    socket.write(Buffer.concat([unknown.head, unknown.body]))
    const statuses: number[] = []
    for (let index = 0; index <= sent.length; index++) statuses.push((await answers.next()).status)
    socket.destroy()
    expect(large.byteLength).toBeGreaterThan(256 * 2 ** 10)
    expect(statuses).toEqual([200, 400, 200, 200, 200, 404])
  })

  test('that its client has half closed still gets the answer', async () => {
    const socket = await openRaw(target.http)
    const answers = new Answers(socket)
    const { head, body } = request({ body: traces() })
    socket.end(Buffer.concat([head, body]))
    expect((await answers.next()).status).toBe(200)
    if (!socket.closed) await once(socket, 'close')
  })

  test('takes a body however it is cut', async () => {
    const socket = await openRaw(target.http)
    const answers = new Answers(socket)
    const { head, body } = request({ body: traces() })
    socket.write(head)
    for (const byte of body) {
      socket.write(Buffer.of(byte))
      await new Promise(setImmediate)
    }
    expect((await answers.next()).status).toBe(200)
    socket.destroy()
  })
})

describe('bodies of more than 4 MiB, which take turns to be read', () => {
  const large = (): { head: Buffer; body: Buffer } => {
    const body = Buffer.concat(Array.from({ length: 128 }, () => tracesProtobuf(newIds(1_000))))
    expect(body.byteLength).toBeGreaterThan(4 * 2 ** 20)
    return request({ body })
  }

  test('are all taken, however many come at one time', async () => {
    const sent = large()
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const socket = await openRaw(target.http)
        const answers = new Answers(socket)
        socket.write(Buffer.concat([sent.head, sent.body]))
        const { status } = await answers.next()
        socket.destroy()
        return status
      }),
    )
    expect(statuses).toEqual(Array(8).fill(200))
  })

  test('do not wait for one whose sender pauses, which is taken once the rest has come', async () => {
    const { head, body } = large()
    const half = body.byteLength / 2
    const slow = await openRaw(target.http)
    const slowAnswers = new Answers(slow)
    slow.write(head)
    await new Promise<void>((resolve) => slow.write(body.subarray(0, half), () => resolve()))
    const other = await openRaw(target.http)
    const otherAnswers = new Answers(other)
    other.write(Buffer.concat([head, body]))
    expect((await otherAnswers.next()).status).toBe(200)
    slow.write(body.subarray(half))
    expect((await slowAnswers.next()).status).toBe(200)
    slow.destroy()
    other.destroy()
  })

  test('do not wait for one whose sender has gone', async () => {
    const { head, body } = large()
    const gone = await openRaw(target.http)
    gone.write(head)
    await new Promise<void>((resolve) => gone.write(body.subarray(0, body.byteLength / 2), () => resolve()))
    gone.destroy()
    const other = await openRaw(target.http)
    const answers = new Answers(other)
    other.write(Buffer.concat([head, body]))
    expect((await answers.next()).status).toBe(200)
    other.destroy()
  })
})
