import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectHttp2, constants } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { startHttpBackend } from './support/backend.ts'
import { frame, grpc, http, JSON_TYPE, PROTOBUF } from './support/client.ts'
import { children, newIds, tracesJson, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter, type Target, type TargetOptions } from './support/targets.ts'

async function start(options: TargetOptions = {}): Promise<Target> {
  const target = await startSpanmeter(options)
  onTestFinished(() => target.close())
  return target
}

/** A processor whose queue is full, because its backend is down. */
async function startFull(): Promise<Target> {
  const backend = await startHttpBackend(() => ({ status: 503 }))
  onTestFinished(() => backend.close())
  const target = await start({
    backend: { url: backend.url, protocol: 'http/protobuf' },
    sections: {
      sending_queue: { directory: `${temporaryDirectory()}/queue`, max_size: '300KiB' },
      shutdown_timeout: '100ms',
    },
  })
  const body = tracesProtobuf(newIds(1), 50_000)
  while ((await http(target.http, { headers: PROTOBUF, body })).status === 200);
  return target
}

/** What a client is answered, 0 where it gets no connection. */
function statusOf(url: string): Promise<number> {
  const body = tracesProtobuf(newIds(1))
  return http(url, { headers: PROTOBUF, body }).then(
    (reply) => reply.status,
    () => 0,
  )
}

describe('S11, S17: when the queue is full', () => {
  test('HTTP answers 503 with Retry-After of 1 to 3 s and a Status that carries RetryInfo, in either encoding', async () => {
    const target = await startFull()
    const big = tracesProtobuf(newIds(1), 50_000)
    const reply = await http(target.http, { headers: PROTOBUF, body: big })
    expect(reply.status).toBe(503)
    expect(Number(reply.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect(Number(reply.headers['retry-after'])).toBeLessThanOrEqual(3)
    expect(children(reply.body, 3).map((any) => children(any, 1)[0]?.toString())).toEqual([
      'type.googleapis.com/google.rpc.RetryInfo',
    ])
    const padded = JSON.parse(tracesJson(newIds(1)).toString())
    padded.resourceSpans[0].scopeSpans[0].spans[0].traceState = 'x'.repeat(50_000)
    const json = await http(target.http, { headers: JSON_TYPE, body: Buffer.from(JSON.stringify(padded)) })
    expect(JSON.parse(json.body.toString())).toMatchObject({
      code: 8,
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '2s' }],
    })
  })

  test('gRPC answers RESOURCE_EXHAUSTED with RetryInfo, as Trailers-Only', async () => {
    const target = await startFull()
    const reply = await grpc(target.grpc, { message: tracesProtobuf(newIds(1), 50_000) })
    expect([reply.status, reply.trailersOnly]).toEqual([8, true])
    expect(children(reply.details, 3).map((any) => children(any, 1)[0]?.toString())).toEqual([
      'type.googleapis.com/google.rpc.RetryInfo',
    ])
  })

  test('it is not ready, and says why; it is healthy all the same', async () => {
    const target = await startFull()
    const ready = await fetch(`${target.web}/readyz`)
    expect([ready.status, await ready.text()]).toEqual([
      503,
      expect.stringContaining('the sending queue is full'),
    ])
    expect((await fetch(`${target.web}/healthz`)).status).toBe(200)
  })

  test('what is turned away is counted as refused', async () => {
    const target = await startFull()
    const text = await (await fetch(`${target.web}/metrics`)).text()
    expect(text).toMatch(/otelcol_receiver_refused_spans\{receiver="otlp",transport="http"\} 1\n/)
  })
})

describe('memory', () => {
  test('bodies beyond the memory share are turned away with 503 while others are being read', async () => {
    const target = await start({ sections: { limits: { memory: '8MiB' } } })
    const { hostname, port } = new URL(target.http)
    const slow: Socket[] = []
    for (let count = 0; count < 3; count += 1) {
      const socket = connect(Number(port), hostname)
      await once(socket, 'connect')
      socket.write(
        `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\ncontent-length: ${2 ** 20}\r\n\r\n`,
      )
      slow.push(socket)
    }
    const refused = async () =>
      (await http(target.http, { headers: PROTOBUF, body: Buffer.alloc(2 ** 20) })).status === 503
    await expect.poll(refused).toBe(true)
    for (const socket of slow) socket.destroy()
    const body = tracesProtobuf(newIds(1))
    await expect.poll(async () => (await http(target.http, { headers: PROTOBUF, body })).status).toBe(200)
  })
})

test('a body that will never fit into the memory share is refused for good, and not told to come back', async () => {
  const target = await start({ sections: { limits: { memory: '64MiB' } } })
  const reply = await http(target.http, { headers: PROTOBUF, body: Buffer.alloc(17 * 2 ** 20) })
  expect([reply.status, reply.headers['retry-after']]).toEqual([413, undefined])
  expect(reply.body.toString()).toContain('limits.memory')
})

test('nor is one that will never fit beside what it unfolds to', async () => {
  const target = await start({ sections: { limits: { memory: '64MiB' } } })
  const body = gzipSync(Buffer.concat([randomBytes(10 * 2 ** 20), Buffer.alloc(5 * 2 ** 20)]), { level: 1 })
  const reply = await http(target.http, { headers: { ...PROTOBUF, 'content-encoding': 'gzip' }, body })
  expect([reply.status, reply.headers['retry-after']]).toEqual([413, undefined])
})

describe('hostile clients', () => {
  test('headers beyond 16 KiB are refused with 431', async () => {
    const target = await start()
    const headers = { ...PROTOBUF, 'x-flood': 'x'.repeat(20_000) }
    expect((await http(target.http, { headers })).status).toBe(431)
  })

  test('connections beyond the limit are closed at once and counted, and the others go on', async () => {
    const target = await start({ sections: { limits: { max_connections: 2 } } })
    const { hostname, port } = new URL(target.http)
    const held = [connect(Number(port), hostname), connect(Number(port), hostname)]
    await Promise.all(held.map((socket) => once(socket, 'connect')))
    const extra = connect(Number(port), hostname)
    extra.on('error', () => undefined)
    await once(extra, 'close')
    const metrics = await (await fetch(`${target.web}/metrics`)).text()
    expect(metrics).toContain('spanmeter_receiver_refused_connections{transport="http"} 1\n')
    for (const socket of held) socket.destroy()
    await expect.poll(() => statusOf(target.http)).toBe(200)
  })

  test('one that never ends its headers, reads no answer and stays has no connection any more', async () => {
    const protocols = { http: { endpoint: '127.0.0.1:0', read_header_timeout: '200ms' } }
    const target = await start({
      sections: { receivers: { otlp: { protocols } }, limits: { max_connections: 1 } },
    })
    const { hostname, port } = new URL(target.http)
    const socket = connect(Number(port), hostname)
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write('POST /v1/traces HTTP/1.1\r\n')
    await expect.poll(() => statusOf(target.http)).toBe(200)
  })

  test('a client that goes away in the middle of a body leaves nothing behind', async () => {
    const target = await start({ sections: { limits: { memory: '8MiB' } } })
    const { hostname, port } = new URL(target.http)
    for (let count = 0; count < 20; count += 1) {
      const socket = connect(Number(port), hostname)
      await once(socket, 'connect')
      socket.write(
        `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\ncontent-length: 900000\r\n\r\nabc`,
      )
      socket.end()
      socket.resume()
      await once(socket, 'close')
    }
    const body = tracesProtobuf(newIds(1), 900_000)
    expect((await http(target.http, { headers: PROTOBUF, body })).status).toBe(200)
  })

  test('a gRPC stream that is reset half way leaves nothing behind', async () => {
    const target = await start({ sections: { limits: { memory: '8MiB' } } })
    const session = connectHttp2(target.grpc)
    for (let count = 0; count < 20; count += 1) {
      const stream = session.request({
        ':method': 'POST',
        ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
        'content-type': 'application/grpc',
      })
      stream.on('error', () => undefined)
      stream.write(frame(Buffer.alloc(900_000)).subarray(0, 1_000))
      if (stream.pending) await once(stream, 'ready')
      stream.resume()
      stream.close(constants.NGHTTP2_CANCEL)
      await once(stream, 'close')
    }
    session.destroy()
    expect((await grpc(target.grpc, { message: tracesProtobuf(newIds(1), 900_000) })).status).toBe(0)
  })
})

describe('shutdown', () => {
  test('nothing is accepted after it, and all that was accepted is delivered by it', async () => {
    const backend = await startHttpBackend()
    onTestFinished(() => backend.close())
    const target = await startSpanmeter({ backend: { url: backend.url, protocol: 'http/protobuf' } })
    const accepted: string[] = []
    let stopped = false
    const sender = async () => {
      while (!stopped) {
        const ids = newIds(1)
        const reply = await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(ids) }).catch(
          () => undefined,
        )
        if (reply === undefined) return
        if (reply.status === 200) accepted.push(...ids)
      }
    }
    const senders = Array.from({ length: 4 }, sender)
    await expect.poll(() => accepted.length).toBeGreaterThan(20)
    await target.service.close()
    const delivered = backend.accepted.length
    stopped = true
    await Promise.all(senders)
    await target.close()
    expect(backend.accepted.length).toBe(delivered)
    expect([...backend.accepted].sort()).toEqual([...accepted].sort())
  })
})
