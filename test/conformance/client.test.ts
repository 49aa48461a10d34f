import { createServer } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  messageField,
  stringField,
  varintField,
} from '../../packages/processor/src/protocol/protobuf-fields.ts'
import { listenLocally } from '../support/listen-locally.ts'
import { type Backend, type Behaviour, startGrpcBackend, startHttpBackend } from './support/backend.ts'
import { http, JSON_TYPE, PROTOBUF } from './support/client.ts'
import { newIds, spanIds, tracesJson, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter, type Target, type TargetOptions } from './support/targets.ts'

type Protocol = 'http/protobuf' | 'http/json' | 'grpc'

interface Pipeline {
  readonly target: Target
  readonly backend: Backend
  send(ids: readonly string[], padding?: number): Promise<void>
  /** Value of one of the processor's own metrics. */
  metric(line: string): Promise<number>
}

async function pipeline(
  protocol: Protocol,
  behave: (attempt: number) => Behaviour,
  options: TargetOptions = {},
): Promise<Pipeline> {
  const backend = await (protocol === 'grpc' ? startGrpcBackend(behave) : startHttpBackend(behave))
  onTestFinished(() => backend.close())
  const target = await startSpanmeter({ backend: { url: backend.url, protocol }, ...options })
  onTestFinished(() => target.close())
  return {
    target,
    backend,
    async send(ids, padding) {
      const reply = await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(ids, padding) })
      expect(reply.status).toBe(200)
    },
    async metric(line) {
      const text = await (await fetch(`${target.web}/metrics`)).text()
      const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `))
      return Number(found?.slice(line.length + 1) ?? 0)
    },
  }
}

/** Fails the first attempt, accepts the others. */
const once =
  (failure: Behaviour, success: Behaviour) =>
  (attempt: number): Behaviour =>
    attempt === 1 ? failure : success

const OK = {
  'http/protobuf': { status: 200 },
  'http/json': { status: 200 },
  grpc: { grpcStatus: 0 },
} satisfies Record<Protocol, Behaviour>

const retryInfo = (seconds: number): Buffer =>
  Buffer.concat([
    varintField(1, 8),
    messageField(
      3,
      stringField(1, 'type.googleapis.com/google.rpc.RetryInfo'),
      messageField(2, messageField(1, varintField(1, seconds))),
    ),
  ])

const partialSuccess = (rejected: number, message: string): Buffer =>
  messageField(1, varintField(1, rejected), stringField(2, message))

describe('HTTP', () => {
  test.each([429, 502, 503, 504])('C1: %i is retried until it succeeds', async (status) => {
    const { backend, send } = await pipeline('http/protobuf', once({ status }, OK['http/protobuf']))
    const ids = newIds(3)
    await send(ids)
    await expect.poll(() => backend.accepted).toEqual(ids)
    expect(backend.attempts).toHaveLength(2)
  })

  test.each([400, 401, 403, 408, 422, 500, 501, 505])(
    'C1, C7: %i is never retried; the spans are dropped, counted, and kept as a dead letter',
    async (status) => {
      const { backend, send, metric } = await pipeline('http/protobuf', () => ({ status }))
      await send(newIds(3))
      const dropped =
        'spanmeter_destination_items{destination="backend",signal="traces",state="dropped",reason="permanent_error"}'
      await expect.poll(() => metric(dropped)).toBe(3)
      expect(await metric('otelcol_exporter_send_failed_spans{exporter="backend"}')).toBe(3)
      expect(backend.attempts).toHaveLength(1)
    },
  )

  test.each([
    ['seconds', () => '1'],
    ['an HTTP date', () => new Date(Date.now() + 2_000).toUTCString()],
  ])('C2: Retry-After in %s is waited for', async (_form, value) => {
    const behave = (attempt: number): Behaviour =>
      attempt === 1 ? { status: 503, headers: { 'retry-after': value() } } : OK['http/protobuf']
    const { backend, send } = await pipeline('http/protobuf', behave)
    await send(newIds(1))
    await expect.poll(() => backend.attempts.length, { timeout: 5_000 }).toBe(2)
    const [first, second] = backend.attempts
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950)
  })

  test.each(['reset', 'garbage', 'hang'] as const)(
    'C3: a backend that answers with a %s is tried again',
    async (failure) => {
      const { backend, send } = await pipeline('http/protobuf', once(failure, OK['http/protobuf']), {
        exporter: { timeout: '300ms' },
      })
      const ids = newIds(2)
      await send(ids)
      await expect.poll(() => backend.accepted, { timeout: 10_000 }).toEqual(ids)
    },
  )

  test('C6: partial success is never retried; its rejected spans are counted', async () => {
    const body = partialSuccess(2, 'two were bad')
    const { backend, send, metric } = await pipeline('http/protobuf', () => ({ status: 200, body }))
    await send(newIds(5))
    const items = 'spanmeter_destination_items{destination="backend",signal="traces",state='
    await expect.poll(() => metric(`${items}"rejected",reason=""}`)).toBe(2)
    expect(await metric(`${items}"exported",reason=""}`)).toBe(3)
    expect(backend.attempts).toHaveLength(1)
  })

  test('C6: partial success in JSON is understood too', async () => {
    const body = Buffer.from('{"partialSuccess":{"rejectedSpans":"1","errorMessage":"bad"}}')
    const headers = { 'content-type': 'application/json' }
    const { send, metric } = await pipeline('http/json', () => ({ status: 200, body, headers }))
    await send(newIds(2))
    const line =
      'spanmeter_destination_items{destination="backend",signal="traces",state="rejected",reason=""}'
    await expect.poll(() => metric(line)).toBe(1)
  })

  test('C8: a batch over the request limit is split, never sent whole', async () => {
    const { backend, send } = await pipeline('http/protobuf', () => OK['http/protobuf'], {
      exporter: { max_request_body_size: 3_000 },
    })
    const ids = newIds(8)
    await send(ids, 900)
    await expect.poll(() => backend.accepted).toEqual(ids)
    expect(backend.attempts.every(({ body }) => body.byteLength <= 3_000)).toBe(true)
  })

  test('a batch that the backend finds too large (413) is split until it fits', async () => {
    const { send, backend } = await pipeline('http/protobuf', (attempt) => {
      const ids = backend.attempts[attempt - 1]?.ids ?? []
      return ids.length > 2 ? { status: 413 } : { status: 200 }
    })
    const ids = newIds(7)
    await send(ids)
    await expect.poll(() => backend.accepted.length).toBe(7)
    expect(backend.accepted).toEqual(ids)
  })

  test.each(['http/protobuf', 'grpc'] as const)(
    'C9: a response over 4 MiB is not retried, %s',
    async (protocol) => {
      const { backend, send, metric } = await pipeline(protocol, () => ({
        ...OK[protocol],
        body: Buffer.alloc(5 * 2 ** 20),
      }))
      await send(newIds(1))
      await expect.poll(() => metric('otelcol_exporter_send_failed_spans{exporter="backend"}')).toBe(1)
      expect(backend.attempts).toHaveLength(1)
    },
  )

  test.each(['gzip', 'zstd', 'none'])(
    'C10: content type and compression %s are stated',
    async (compression) => {
      const { backend, send } = await pipeline('http/protobuf', () => OK['http/protobuf'], {
        exporter: { compression },
      })
      const ids = newIds(2)
      await send(ids)
      await expect.poll(() => backend.accepted).toEqual(ids)
      const headers = backend.attempts[0]?.headers ?? {}
      expect(headers['content-type']).toBe('application/x-protobuf')
      expect(headers['content-encoding']).toBe(compression === 'none' ? undefined : compression)
    },
  )

  test.each([
    ['/v1/traces', '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":"soon"}]}]}]}'],
    ['/v1/logs', '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":{}}]}]}]}'],
  ])(
    'JSON to %s that has no form in protobuf is refused, and not a dead letter of later',
    async (path, text) => {
      const { target, backend } = await pipeline('http/protobuf', () => OK['http/protobuf'])
      const reply = await http(target.http, { path, headers: JSON_TYPE, body: Buffer.from(text) })
      expect([reply.status, JSON.parse(reply.body.toString()).code]).toEqual([400, 3])
      expect((await http(target.http, { headers: JSON_TYPE, body: tracesJson(newIds(1)) })).status).toBe(200)
      await expect.poll(() => backend.accepted).toHaveLength(1)
      expect(backend.attempts).toHaveLength(1)
    },
  )

  test('a batch with nothing to price is forwarded byte for byte', async () => {
    const { backend, target } = await pipeline('http/protobuf', () => OK['http/protobuf'])
    const body = Buffer.concat([tracesProtobuf(newIds(4)), Buffer.from([0xfa, 0x3f, 0x03, 0x61, 0x62, 0x63])])
    await http(target.http, { headers: PROTOBUF, body })
    await expect.poll(() => backend.attempts[0]?.body.toString('hex')).toBe(body.toString('hex'))
  })

  test.each([
    ['JSON', 'http/protobuf', JSON_TYPE, tracesJson],
    ['protobuf', 'http/json', PROTOBUF, tracesProtobuf],
  ] as const)('what comes as %s goes out as %s', async (_from, protocol, headers, make) => {
    const { backend, target } = await pipeline(protocol, () => OK[protocol])
    const ids = newIds(3)
    await http(target.http, { headers, body: make(ids) })
    await expect.poll(() => backend.attempts.length).toBe(1)
    const { body } = backend.attempts[0] as { body: Buffer }
    expect(spanIds(body, protocol === 'http/json' ? 'json' : 'protobuf')).toEqual(ids)
  })
})

describe('gRPC', () => {
  test.each([1, 4, 10, 11, 14, 15])('C4: status %i is retried until it succeeds', async (grpcStatus) => {
    const { backend, send } = await pipeline('grpc', once({ grpcStatus }, OK.grpc))
    const ids = newIds(3)
    await send(ids)
    await expect.poll(() => backend.accepted).toEqual(ids)
    expect(backend.attempts).toHaveLength(2)
  })

  test.each([2, 3, 5, 6, 7, 8, 9, 12, 13, 16])(
    'C4: status %i (without RetryInfo) is never retried',
    async (grpcStatus) => {
      const { backend, send, metric } = await pipeline('grpc', () => ({ grpcStatus, message: 'no' }))
      await send(newIds(3))
      await expect.poll(() => metric('otelcol_exporter_send_failed_spans{exporter="backend"}')).toBe(3)
      expect(backend.attempts).toHaveLength(1)
    },
  )

  test('a quota that is used up is not taken for a size: what is sent is not split', async () => {
    const message = 'the ingestion rate exceeds the limit of 10 MB/s'
    const { backend, send, metric } = await pipeline('grpc', () => ({ grpcStatus: 8, message }))
    await send(newIds(3))
    await expect.poll(() => metric('otelcol_exporter_send_failed_spans{exporter="backend"}')).toBe(3)
    expect(backend.attempts).toHaveLength(1)
  })

  test('C4, C5: RESOURCE_EXHAUSTED with RetryInfo is retried, after the delay it asks for', async () => {
    const { backend, send } = await pipeline('grpc', once({ grpcStatus: 8, details: retryInfo(1) }, OK.grpc))
    await send(newIds(1))
    await expect.poll(() => backend.attempts.length, { timeout: 5_000 }).toBe(2)
    const [first, second] = backend.attempts
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990)
  })

  test.each([
    ['Go', 8, 'grpc: received message larger than max (9000 vs. 4000)'],
    ['Java', 8, 'gRPC message exceeds maximum size 4000: 9000'],
    ['Rust', 11, 'Error, decoded message length too large: found 9000 bytes, the limit is: 4000 bytes'],
  ])(
    'a message that the backend finds too large is split until it fits (%s)',
    async (_language, grpcStatus, message) => {
      const { send, backend } = await pipeline('grpc', (attempt) => {
        const ids = backend.attempts[attempt - 1]?.ids ?? []
        return ids.length > 2 ? { grpcStatus, message } : { grpcStatus: 0 }
      })
      const ids = newIds(5)
      await send(ids)
      await expect.poll(() => backend.accepted).toEqual(ids)
    },
  )

  test.each(['reset', 'garbage', 'hang'] as const)(
    'C3: a backend that answers with a %s is tried again',
    async (failure) => {
      const { backend, send } = await pipeline('grpc', once(failure, OK.grpc), {
        exporter: { timeout: '300ms' },
      })
      const ids = newIds(2)
      await send(ids)
      await expect.poll(() => backend.accepted, { timeout: 10_000 }).toEqual(ids)
    },
  )

  test('C6: partial success is never retried; its rejected spans are counted', async () => {
    const { backend, send, metric } = await pipeline('grpc', () => ({
      grpcStatus: 0,
      body: partialSuccess(1, 'one was bad'),
    }))
    await send(newIds(4))
    const line =
      'spanmeter_destination_items{destination="backend",signal="traces",state="rejected",reason=""}'
    await expect.poll(() => metric(line)).toBe(1)
    expect(backend.attempts).toHaveLength(1)
  })

  test('a signal that has an endpoint of its own goes there, the others to the base', async () => {
    const traces = await startGrpcBackend()
    onTestFinished(() => traces.close())
    const { backend, send, target } = await pipeline('grpc', () => OK.grpc, {
      exporter: { traces_endpoint: traces.url },
    })
    const ids = newIds(2)
    await send(ids)
    await expect.poll(() => traces.accepted).toEqual(ids)
    const body = Buffer.from('{"resourceLogs":[{"scopeLogs":[{"logRecords":[{}]}]}]}')
    await http(target.http, { path: '/v1/logs', headers: JSON_TYPE, body })
    await expect.poll(() => backend.attempts).toHaveLength(1)
    expect(traces.attempts).toHaveLength(1)
  })

  test('C10: gzip is stated and undone by the backend', async () => {
    const { backend, send } = await pipeline('grpc', () => OK.grpc, { exporter: { compression: 'gzip' } })
    const ids = newIds(2)
    await send(ids)
    await expect.poll(() => backend.accepted).toEqual(ids)
    expect(backend.attempts[0]?.headers['grpc-encoding']).toBe('gzip')
  })
})

test.each(['http/protobuf', 'grpc'] as const)(
  'a user and a password in the endpoint are sent as what they are (%s)',
  async (protocol) => {
    const backend = await (protocol === 'grpc' ? startGrpcBackend() : startHttpBackend())
    onTestFinished(() => backend.close())
    const url = backend.url.replace('http://', 'http://ann:s%40cret@')
    const target = await startSpanmeter({ backend: { url, protocol } })
    onTestFinished(() => target.close())
    await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(newIds(1)) })
    await expect.poll(() => backend.attempts).toHaveLength(1)
    const credentials = Buffer.from('ann:s@cret').toString('base64')
    expect(backend.attempts[0]?.headers.authorization).toBe(`Basic ${credentials}`)
  },
)

describe('several destinations', () => {
  test('C12: each is served at its own pace; one that is down holds up no other', async () => {
    const down = await startHttpBackend(() => ({ status: 503 }))
    const up = await startHttpBackend()
    onTestFinished(() => down.close())
    onTestFinished(() => up.close())
    const target = await startSpanmeter({
      sections: {
        exporters: [
          { name: 'down', endpoint: down.url },
          { name: 'up', endpoint: up.url },
        ],
        shutdown_timeout: '100ms',
      },
    })
    onTestFinished(() => target.close())
    const ids = newIds(50)
    for (const id of ids) await http(target.http, { headers: PROTOBUF, body: tracesProtobuf([id]) })
    await expect.poll(() => [...up.accepted].sort()).toEqual([...ids].sort())
    expect(down.accepted).toEqual([])
  })

  test('C11: as many requests are under way as the concurrency allows, and no more', async () => {
    const held: (() => void)[] = []
    const server = createServer((request, response) => {
      request.resume()
      held.push(() => response.end())
    })
    const port = await listenLocally(server)
    onTestFinished(async () => void server.close())
    const target = await startSpanmeter({
      backend: {
        url: `http://127.0.0.1:${port}`,
        protocol: 'http/protobuf',
      },
      exporter: { concurrency: 3 },
    })
    onTestFinished(() => target.close())
    for (const id of newIds(7)) await http(target.http, { headers: PROTOBUF, body: tracesProtobuf([id]) })
    for (const expected of [3, 3, 1]) {
      await expect.poll(() => held.length).toBe(expected)
      for (const answer of held.splice(0)) answer()
    }
  })
})
