import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newBatch } from '../chaos/load.ts'
import { frame, grpc, http, JSON_TYPE, PROTOBUF } from './support/client.ts'
import { newIds, tracesJson, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter, type Target } from './support/targets.ts'

// Longer: SPANMETER_FUZZ_RUNS=100000 npx vitest run test/conformance/fuzz.test.ts --testTimeout 0
const RUNS = Number(process.env.SPANMETER_FUZZ_RUNS ?? 150)

let target: Target
beforeAll(async () => {
  target = await startSpanmeter({ maxRequestBodySize: 2 ** 20 })
})
afterAll(() => target.close())

/** Answers that say what is wrong with a request; anything else would be a fault of the server. */
const SANE_HTTP = new Set([200, 400, 413, 415])
const SANE_GRPC = new Set([0, 3, 8, 12])

const PATHS = ['/v1/traces', '/v1/metrics', '/v1/logs']

/** Valid messages with some bytes changed, cut, repeated or grown by hostile lengths. */
const mutated = (valid: Buffer) =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom('flip', 'cut', 'repeat', 'length'),
        at: fc.nat(valid.byteLength - 1),
        value: fc.nat(255),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((changes) => {
      let bytes = Buffer.from(valid)
      for (const { kind, at, value } of changes) {
        const index = Math.min(at, Math.max(0, bytes.byteLength - 1))
        if (kind === 'flip' && bytes.byteLength > 0) bytes[index] = value
        if (kind === 'cut') bytes = bytes.subarray(0, index)
        if (kind === 'repeat') bytes = Buffer.concat([bytes.subarray(0, index), bytes])
        if (kind === 'length') {
          const huge = Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, value & 0x7f])
          bytes = Buffer.concat([bytes.subarray(0, index), huge, bytes.subarray(index)])
        }
      }
      return bytes
    })

const random = fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes))
const protobuf = fc.oneof(random, mutated(tracesProtobuf(newIds(3))), mutated(newBatch(2, 2).body))
const json = fc.oneof(
  random,
  mutated(tracesJson(newIds(3))),
  fc.json().map((text) => Buffer.from(text)),
  fc.integer({ min: 1, max: 20_000 }).map((depth) => Buffer.from('[{"a":'.repeat(depth))),
)

async function alive(): Promise<void> {
  expect((await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(newIds(1)) })).status).toBe(200)
}

describe('random and mutated input is answered, and the next request is served', () => {
  test('HTTP protobuf', async () => {
    const property = fc.asyncProperty(protobuf, fc.constantFrom(...PATHS), async (body, path) => {
      expect(SANE_HTTP).toContain((await http(target.http, { path, headers: PROTOBUF, body })).status)
    })
    await fc.assert(property, { numRuns: RUNS })
    await alive()
  })

  test('HTTP JSON', async () => {
    const property = fc.asyncProperty(json, fc.constantFrom(...PATHS), async (body, path) => {
      expect(SANE_HTTP).toContain((await http(target.http, { path, headers: JSON_TYPE, body })).status)
    })
    await fc.assert(property, { numRuns: RUNS })
    await alive()
  })

  test('compressed bodies', async () => {
    const valid = gzipSync(tracesProtobuf(newIds(3)))
    const property = fc.asyncProperty(
      fc.oneof(random, mutated(valid)),
      fc.constantFrom('gzip', 'zstd', 'deflate', 'br', 'gzip, gzip'),
      async (body, encoding) => {
        const headers = { ...PROTOBUF, 'content-encoding': encoding }
        expect(SANE_HTTP).toContain((await http(target.http, { headers, body })).status)
      },
    )
    await fc.assert(property, { numRuns: RUNS })
    await alive()
  })

  test('gRPC messages and frames', async () => {
    const framed = fc.oneof(
      protobuf.map((message) => frame(message)),
      mutated(frame(tracesProtobuf(newIds(2)))),
      protobuf.map((message) => frame(message, true)),
    )
    const property = fc.asyncProperty(framed, async (raw) => {
      const { status } = await grpc(target.grpc, { raw, headers: { 'grpc-encoding': 'gzip' } })
      expect(SANE_GRPC).toContain(status)
    })
    await fc.assert(property, { numRuns: Math.ceil(RUNS / 2) })
    await alive()
  })

  test('bytes that are no HTTP at all, on either port', async () => {
    const property = fc.asyncProperty(random, fc.constantFrom('http', 'grpc'), async (bytes, port) => {
      const { hostname, port: number } = new URL(target[port as 'http' | 'grpc'])
      await new Promise<void>((resolve) => {
        const socket = connect(Number(number), hostname)
        socket.on('error', () => undefined)
        socket.on('close', () => resolve())
        socket.resume()
        socket.end(bytes)
      })
    })
    await fc.assert(property, { numRuns: RUNS })
    await alive()
    expect((await grpc(target.grpc, { message: tracesProtobuf(newIds(1)) })).status).toBe(0)
  })
})
