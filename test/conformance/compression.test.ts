import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Backend, startHttpBackend } from './support/backend.ts'
import { grpc, http, PROTOBUF } from './support/client.ts'
import { newIds, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter, type Target, type TargetOptions } from './support/targets.ts'

async function start(options: TargetOptions = {}): Promise<{ target: Target; backend: Backend }> {
  const backend = await startHttpBackend()
  onTestFinished(() => backend.close())
  const target = await startSpanmeter({
    backend: { url: backend.url, protocol: 'http/protobuf' },
    ...options,
  })
  onTestFinished(() => target.close())
  return { target, backend }
}

const COMPRESS = { gzip: gzipSync, zstd: zstdCompressSync, deflate: deflateSync }
const MIB = 2 ** 20

async function send(target: Target, encoding: keyof typeof COMPRESS, body: Buffer): Promise<number> {
  return (await http(target.http, { headers: { ...PROTOBUF, 'content-encoding': encoding }, body })).status
}

describe('a compressed body', () => {
  // Two requests one after the other are one request that holds what both do: protobuf merges by concatenation.
  test.each(['gzip', 'zstd'] as const)('of several %s members is read to its end', async (encoding) => {
    const { target, backend } = await start()
    const ids = newIds(3)
    const members = ids.map((id) => COMPRESS[encoding](tracesProtobuf([id])))
    expect(await send(target, encoding, Buffer.concat(members))).toBe(200)
    await expect.poll(() => backend.accepted).toEqual(ids)
  })

  test.each(['gzip', 'zstd', 'deflate'] as const)(
    'that unfolds to 10 MiB comes through %s whole',
    async (encoding) => {
      const { target, backend } = await start()
      const body = tracesProtobuf(newIds(1), 10 * MIB)
      expect(await send(target, encoding, COMPRESS[encoding](body))).toBe(200)
      await expect.poll(() => backend.attempts[0]?.body.equals(body)).toBe(true)
    },
  )

  test.each(['gzip', 'zstd'] as const)(
    'whose %s members together pass the limit is 413',
    async (encoding) => {
      const { target } = await start({ maxRequestBodySize: MIB })
      const half = COMPRESS[encoding](tracesProtobuf(newIds(1), 0.6 * MIB))
      expect(await send(target, encoding, half)).toBe(200)
      expect(await send(target, encoding, Buffer.concat([half, half]))).toBe(413)
    },
  )

  test.each(['gzip', 'zstd', 'deflate'] as const)('that is cut short, or no %s, is 400', async (encoding) => {
    const { target } = await start()
    const whole = COMPRESS[encoding](tracesProtobuf(newIds(1)))
    expect(await send(target, encoding, whole.subarray(0, -5))).toBe(400)
    expect(await send(target, encoding, Buffer.from('not compressed at all'))).toBe(400)
  })

  test.each(['gzip', 'zstd', 'deflate'] as const)(
    'in %s comes through over gRPC as over HTTP',
    async (encoding) => {
      const { target, backend } = await start()
      const [ids, others] = [newIds(2), newIds(2)]
      const headers = { 'grpc-encoding': encoding }
      const message = COMPRESS[encoding](tracesProtobuf(ids))
      expect(await grpc(target.grpc, { headers, message, compressed: true })).toMatchObject({ status: 0 })
      await expect.poll(() => backend.accepted).toEqual(ids)
      expect(await send(target, encoding, COMPRESS[encoding](tracesProtobuf(others)))).toBe(200)
      await expect.poll(() => backend.accepted).toEqual([...ids, ...others])
    },
  )

  test.each([
    ['x-gzip', gzipSync],
    ['zlib', deflateSync],
  ])('is known by its other name, %s', async (encoding, compress) => {
    const { target } = await start()
    const headers = { ...PROTOBUF, 'content-encoding': encoding }
    expect(await http(target.http, { headers, body: compress(tracesProtobuf(newIds(1))) })).toMatchObject({
      status: 200,
    })
  })

  test('in an encoding that nobody knows is refused for good', async () => {
    const { target } = await start()
    const headers = { 'grpc-encoding': 'snappy' }
    const { status, message } = await grpc(target.grpc, { headers, compressed: true })
    expect([status, message]).toEqual([12, 'encoding "snappy" is not supported; use gzip, zstd or none'])
    const http415 = { headers: { ...PROTOBUF, 'content-encoding': 'snappy' }, body: Buffer.from('x') }
    expect(await http(target.http, http415)).toMatchObject({ status: 415 })
  })

  test('counts against the memory share while it unfolds, not only when it has', async () => {
    const { target } = await start({ sections: { limits: { memory: '64MiB' } } })
    const bomb = gzipSync(tracesProtobuf(newIds(1), 15 * MIB))
    expect(await send(target, 'gzip', bomb)).toBe(200)
    const { hostname, port } = new URL(target.http)
    let slow: Socket | undefined
    const besideSlow = async (): Promise<number> => {
      // It is turned away itself while the one before is still on its way to the backend.
      slow?.destroy()
      slow = connect(Number(port), hostname)
      await once(slow, 'connect')
      slow.write(
        `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\ncontent-length: ${4 * MIB}\r\n\r\n`,
      )
      return send(target, 'gzip', bomb)
    }
    await expect.poll(besideSlow).toBe(503)
    slow?.destroy()
    await expect.poll(() => send(target, 'gzip', bomb)).toBe(200)
  })
})
