import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect } from 'vitest'
import { frame, grpc, http, JSON_TYPE, PROTOBUF } from './support/client.ts'
import { children, LOGS_JSON, METRICS_JSON, newIds, tracesJson, tracesProtobuf } from './support/payloads.ts'
import type { Target } from './support/targets.ts'

/** One demand of the OTLP specification on a server. @see https://opentelemetry.io/docs/specs/otlp/ */
export interface ServerRule {
  readonly id: string
  readonly level: 'MUST' | 'SHOULD' | 'MAY'
  readonly requirement: string
  check(target: Target): Promise<void>
}

const LIMIT = 64 * 2 ** 20

/** google.rpc.Status, as far as it is compared. */
function status(body: Buffer): { code: number; message: string; details: string[] } {
  const code = body[0] === 8 ? (body[1] as number) : 0
  const message = children(body, 2)[0]?.toString() ?? ''
  const details = children(body, 3).map((any) => children(any, 1)[0]?.toString() ?? '')
  return { code, message, details }
}

const GARBAGE = Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])

export const SERVER_RULES: readonly ServerRule[] = [
  ...(['none', 'gzip'] as const).flatMap((encoding): ServerRule[] => {
    const pack = (body: Buffer) => (encoding === 'gzip' ? gzipSync(body) : body)
    const header: Record<string, string> = encoding === 'gzip' ? { 'content-encoding': 'gzip' } : {}
    return [
      {
        id: 'S1',
        level: 'MUST',
        requirement: `HTTP protobuf accepts compression ${encoding}`,
        async check({ http: url }) {
          const reply = await http(url, {
            headers: { ...PROTOBUF, ...header },
            body: pack(tracesProtobuf(newIds(2))),
          })
          expect(reply.status).toBe(200)
        },
      },
      {
        id: 'S1',
        level: 'MUST',
        requirement: `HTTP JSON accepts compression ${encoding}`,
        async check({ http: url }) {
          const reply = await http(url, {
            headers: { ...JSON_TYPE, ...header },
            body: pack(tracesJson(newIds(2))),
          })
          expect(reply.status).toBe(200)
        },
      },
      {
        id: 'S1',
        level: 'MUST',
        requirement: `gRPC accepts compression ${encoding}`,
        async check({ grpc: url }) {
          const headers: Record<string, string> = encoding === 'gzip' ? { 'grpc-encoding': 'gzip' } : {}
          const message = pack(tracesProtobuf(newIds(2)))
          const reply = await grpc(url, { headers, message, compressed: encoding === 'gzip' })
          expect(reply.status).toBe(0)
        },
      },
    ]
  }),
  {
    id: 'S1',
    level: 'MAY',
    requirement: 'HTTP accepts compression zstd',
    async check({ http: url }) {
      const body = zstdCompressSync(tracesProtobuf(newIds(2)))
      expect((await http(url, { headers: { ...PROTOBUF, 'content-encoding': 'zstd' }, body })).status).toBe(
        200,
      )
    },
  },
  {
    id: 'S2',
    level: 'SHOULD',
    requirement: 'traces, metrics and logs at /v1/traces, /v1/metrics and /v1/logs',
    async check({ http: url }) {
      const bodies = { traces: tracesJson(newIds(1)), metrics: METRICS_JSON, logs: LOGS_JSON }
      for (const [signal, body] of Object.entries(bodies)) {
        expect((await http(url, { path: `/v1/${signal}`, headers: JSON_TYPE, body })).status, signal).toBe(
          200,
        )
      }
    },
  },
  {
    id: 'S3',
    level: 'SHOULD',
    requirement: 'the content type decides, upper case and parameters allowed; any other is 415',
    async check({ http: url }) {
      const body = tracesJson(newIds(1))
      const typed = (type: string) => http(url, { headers: { 'content-type': type }, body })
      expect((await typed('Application/JSON; charset=utf-8')).status).toBe(200)
      expect((await typed('text/plain')).status).toBe(415)
    },
  },
  {
    id: 'S4',
    level: 'MUST',
    requirement: 'the response has the content type of the request, errors included',
    async check({ http: url }) {
      const requests = [
        { headers: PROTOBUF, body: tracesProtobuf(newIds(1)) },
        { headers: JSON_TYPE, body: tracesJson(newIds(1)) },
        { headers: PROTOBUF, body: GARBAGE },
        { headers: JSON_TYPE, body: Buffer.from('{') },
        { headers: JSON_TYPE, body: Buffer.from('{}'), path: '/v1/unknown' },
        { headers: PROTOBUF, method: 'PUT' },
      ]
      for (const request of requests) {
        const reply = await http(url, request)
        expect(reply.headers['content-type']).toBe(request.headers['content-type'])
      }
    },
  },
  {
    id: 'S5',
    level: 'MUST',
    requirement: 'full success is 200 with partial_success left unset',
    async check({ http: url, grpc: grpcUrl }) {
      const protobuf = await http(url, { headers: PROTOBUF, body: tracesProtobuf(newIds(1)) })
      expect([protobuf.status, protobuf.body.toString('hex')]).toEqual([200, ''])
      const json = await http(url, { headers: JSON_TYPE, body: tracesJson(newIds(1)) })
      expect([json.status, json.body.toString()]).toEqual([200, '{}'])
      const reply = await grpc(grpcUrl, { message: tracesProtobuf(newIds(1)) })
      expect([reply.status, reply.body.toString('hex')]).toEqual([0, ''])
    },
  },
  {
    id: 'S6',
    level: 'SHOULD',
    requirement: 'an empty request is a success',
    async check({ http: url, grpc: grpcUrl }) {
      expect((await http(url, { headers: PROTOBUF })).status).toBe(200)
      expect((await http(url, { headers: JSON_TYPE, body: Buffer.from('{}') })).status).toBe(200)
      expect((await grpc(grpcUrl, {})).status).toBe(0)
    },
  },
  {
    id: 'S9',
    level: 'MUST',
    requirement:
      'the body of every 4xx is a google.rpc.Status with a message, in the encoding of the request',
    async check({ http: url }) {
      const wrong = [{ body: Buffer.from('{"resourceSpans":') }, { path: '/v1/unknown' }, { method: 'PUT' }]
      for (const call of wrong) {
        const asJson = JSON.parse((await http(url, { headers: JSON_TYPE, ...call })).body.toString())
        expect(asJson.message).toEqual(expect.stringMatching(/./))
        const asProtobuf = await http(url, {
          headers: PROTOBUF,
          ...call,
          ...(call.body ? { body: GARBAGE } : {}),
        })
        expect(status(asProtobuf.body).message).toEqual(expect.stringMatching(/./))
      }
      const reply = await http(url, { headers: { 'content-type': 'text/plain' } })
      expect(JSON.parse(reply.body.toString()).message).toEqual(expect.stringMatching(/./))
    },
  },
  {
    id: 'S10',
    level: 'MUST',
    requirement: 'data that cannot be decoded is 400, INVALID_ARGUMENT in gRPC',
    async check({ http: url, grpc: grpcUrl }) {
      expect((await http(url, { headers: PROTOBUF, body: GARBAGE })).status).toBe(400)
      expect((await http(url, { headers: JSON_TYPE, body: Buffer.from('[1,') })).status).toBe(400)
      const notGzip = { headers: { ...PROTOBUF, 'content-encoding': 'gzip' }, body: Buffer.from('plain') }
      expect((await http(url, notGzip)).status).toBe(400)
      expect((await grpc(grpcUrl, { message: GARBAGE })).status).toBe(3)
    },
  },
  {
    id: 'S10',
    level: 'SHOULD',
    requirement: 'a 400 carries a BadRequest detail that says what is wrong',
    async check({ http: url, grpc: grpcUrl }) {
      const { details } = status((await http(url, { headers: PROTOBUF, body: GARBAGE })).body)
      expect(details).toEqual(['type.googleapis.com/google.rpc.BadRequest'])
      const reply = await grpc(grpcUrl, { message: GARBAGE })
      expect(status(reply.details).details).toEqual(['type.googleapis.com/google.rpc.BadRequest'])
    },
  },
  {
    id: 'S10',
    level: 'SHOULD',
    requirement: 'a span whose ids are not of 16 and 8 bytes, or of 32 and 16 hex digits, is 400',
    async check({ http: url }) {
      const spans = ['"traceId":"abcd"', '"spanId":"abcd"', '"spanId":"no hex digits..."']
      for (const span of spans) {
        const body = Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[{${span},"name":"n"}]}]}]}`)
        expect((await http(url, { headers: JSON_TYPE, body })).status, span).toBe(400)
      }
      const body = tracesProtobuf(['abcd'])
      expect((await http(url, { headers: PROTOBUF, body })).status).toBe(400)
    },
  },
  {
    id: 'S12',
    level: 'MUST',
    requirement: 'a body over the limit of 64 MiB is 413, one just below it is accepted',
    async check({ http: url }) {
      const near = tracesProtobuf(newIds(1), LIMIT - 200)
      expect((await http(url, { headers: PROTOBUF, body: near })).status).toBe(200)
      expect((await http(url, { headers: PROTOBUF, body: Buffer.alloc(LIMIT + 1) })).status).toBe(413)
    },
  },
  {
    id: 'S12',
    level: 'MUST',
    requirement: 'the limit holds after decompression: a gzip or zstd bomb is 413',
    async check({ http: url }) {
      const bomb = Buffer.alloc(LIMIT + 1)
      for (const [encoding, body] of [
        ['gzip', gzipSync(bomb)],
        ['zstd', zstdCompressSync(bomb)],
      ] as const) {
        const reply = await http(url, { headers: { ...PROTOBUF, 'content-encoding': encoding }, body })
        expect(reply.status, encoding).toBe(413)
      }
    },
  },
  {
    id: 'S12',
    level: 'MUST',
    requirement: 'the limit holds for a body without a stated length',
    async check({ http: url }) {
      const body = new ReadableStream({
        start(controller) {
          for (let sent = 0; sent <= LIMIT; sent += 2 ** 20) controller.enqueue(new Uint8Array(2 ** 20))
          controller.close()
        },
      })
      const init = { method: 'POST', headers: PROTOBUF, body, duplex: 'half' } as RequestInit
      // The server may close while the client is still sending, which fetch reports as an error.
      const answered = await fetch(`${url}/v1/traces`, init).then(
        (response) => response.status,
        () => 413,
      )
      expect(answered).toBe(413)
    },
  },
  {
    id: 'S14',
    level: 'MAY',
    requirement: 'no compressed response to a client that did not ask for one',
    async check({ http: url }) {
      const reply = await http(url, { headers: PROTOBUF, body: tracesProtobuf(newIds(1)) })
      expect(reply.headers['content-encoding']).toBeUndefined()
    },
  },
  {
    id: 'S15',
    level: 'MUST',
    requirement:
      'a gRPC message over the limit, also after decompression, is RESOURCE_EXHAUSTED without RetryInfo',
    async check({ grpc: url }) {
      const plain = Buffer.alloc(5)
      plain.writeUInt32BE(LIMIT + 1, 1)
      const stated = await grpc(url, { raw: Buffer.concat([plain, Buffer.alloc(1024)]) })
      const bomb = {
        headers: { 'grpc-encoding': 'gzip' },
        message: gzipSync(Buffer.alloc(LIMIT + 1)),
        compressed: true,
      }
      for (const reply of [stated, await grpc(url, bomb)]) {
        expect(reply.status).toBe(8)
        expect(status(reply.details).details).toEqual([])
      }
    },
  },
  {
    id: 'S15',
    level: 'SHOULD',
    requirement: 'a gRPC message of 5 MiB, above the usual 4 MiB, is accepted',
    async check({ grpc: url }) {
      expect((await grpc(url, { message: tracesProtobuf(newIds(1), 5 * 2 ** 20) })).status).toBe(0)
    },
  },
  {
    id: 'S16',
    level: 'SHOULD',
    requirement: 'an unknown gRPC method is UNIMPLEMENTED, as Trailers-Only; no gRPC is 415',
    async check({ grpc: url }) {
      const unknown = await grpc(url, { path: '/opentelemetry.proto.collector.trace.v2.TraceService/Export' })
      expect([unknown.status, unknown.trailersOnly]).toEqual([12, true])
      expect((await grpc(url, { headers: { 'content-type': 'text/html' } })).httpStatus).toBe(415)
    },
  },
  {
    id: 'S19',
    level: 'MAY',
    requirement: 'empty resource and scope envelopes are accepted',
    async check({ http: url }) {
      const body = Buffer.from('{"resourceSpans":[{},{"scopeSpans":[]},{"scopeSpans":[{"spans":[]}]}]}')
      expect((await http(url, { headers: JSON_TYPE, body })).status).toBe(200)
      expect((await http(url, { headers: PROTOBUF, body: Buffer.from([0x0a, 0]) })).status).toBe(200)
    },
  },
  {
    id: 'S20',
    level: 'SHOULD',
    requirement: 'attributes with empty, bytes, array and key-value-list values are accepted',
    async check({ http: url }) {
      const values = [
        '{}',
        '{"bytesValue":"aGVsbG8="}',
        '{"arrayValue":{"values":[{"intValue":"1"},{"stringValue":"a"},{}]}}',
        '{"kvlistValue":{"values":[{"key":"k","value":{"doubleValue":"NaN"}}]}}',
      ]
      const attributes = values.map((value, index) => `{"key":"a${index}","value":${value}}`)
      const [id] = newIds(1)
      const span = `{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"${id}","name":"n","attributes":[${attributes}]}`
      const body = Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`)
      expect((await http(url, { headers: JSON_TYPE, body })).status).toBe(200)
    },
  },
  {
    id: 'S21',
    level: 'MUST',
    requirement: 'unknown protobuf fields and JSON names are ignored',
    async check({ http: url }) {
      const unknownField = Buffer.from([0xfa, 0x3f, 0x03, 0x61, 0x62, 0x63])
      const body = Buffer.concat([tracesProtobuf(newIds(1)), unknownField])
      expect((await http(url, { headers: PROTOBUF, body })).status).toBe(200)
      const json = Buffer.from(
        '{"resourceSpans":[{"scopeSpans":[],"somethingNew":{"a":[1,null]}}],"trace_id":"x"}',
      )
      expect((await http(url, { headers: JSON_TYPE, body: json })).status).toBe(200)
    },
  },
  {
    id: 'J1',
    level: 'MUST',
    requirement: 'JSON: 64-bit integers as strings or numbers; null is absent; hex ids in either case',
    async check({ http: url }) {
      const [id] = newIds(1)
      const span = `{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"${id?.toUpperCase()}","parentSpanId":null,"name":"n","startTimeUnixNano":1,"endTimeUnixNano":"2","attributes":null}`
      const body = Buffer.from(`{"resourceSpans":[{"resource":null,"scopeSpans":[{"spans":[${span}]}]}]}`)
      expect((await http(url, { headers: JSON_TYPE, body })).status).toBe(200)
    },
  },
  {
    id: 'J1',
    level: 'MAY',
    requirement: 'JSON: the name of an enumeration’s value is taken for its number',
    async check({ http: url }) {
      const [id] = newIds(1)
      const span = `{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"${id}","name":"n","kind":"SPAN_KIND_CLIENT","status":{"code":"STATUS_CODE_ERROR"}}`
      const body = Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`)
      expect((await http(url, { headers: JSON_TYPE, body })).status).toBe(200)
    },
  },
  {
    id: 'J2',
    level: 'MUST',
    requirement: 'JSON: a value of the wrong type is 400',
    async check({ http: url }) {
      for (const text of ['{"resourceSpans":{}}', '{"resourceSpans":[{"scopeSpans":7}]}', '[]', '"text"']) {
        expect((await http(url, { headers: JSON_TYPE, body: Buffer.from(text) })).status, text).toBe(400)
      }
    },
  },
  {
    id: 'J2',
    level: 'MUST',
    requirement: 'JSON: a control character in a string, or an escape that is none, is 400',
    async check({ http: url }) {
      for (const text of ['\n', '\u0000', '\\x', '\\u12']) {
        const value = `long enough to be looked at another way: ${text}`
        for (const name of [text, value]) {
          const body = Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"${name}"}]}]}]}`)
          expect((await http(url, { headers: JSON_TYPE, body })).status, JSON.stringify(name)).toBe(400)
        }
      }
    },
  },
  {
    id: 'G1',
    level: 'MUST',
    requirement: 'gRPC: a message cut short or followed by another is INVALID_ARGUMENT or INTERNAL',
    async check({ grpc: url }) {
      const message = tracesProtobuf(newIds(1))
      const cut = await grpc(url, { raw: frame(message).subarray(0, -3) })
      const twice = await grpc(url, { raw: Buffer.concat([frame(message), frame(message)]) })
      for (const reply of [cut, twice]) expect([3, 13]).toContain(reply.status)
    },
  },
]
