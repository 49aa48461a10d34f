import { expect } from 'vitest'
import {
  messageField,
  stringField,
  varintField,
} from '../../packages/processor/src/protocol/protobuf-fields.ts'
import { type Backend, type Behaviour, startGrpcBackend, startHttpBackend } from './support/backend.ts'
import { http, PROTOBUF } from './support/client.ts'
import { newIds, tracesProtobuf } from './support/payloads.ts'
import type { Target, TargetOptions } from './support/targets.ts'

/** One demand of the OTLP specification on a client: our exporters. @see https://opentelemetry.io/docs/specs/otlp/ */
export interface ClientRule {
  readonly id: string
  readonly level: 'MUST' | 'SHOULD' | 'MAY'
  readonly requirement: string
  check(start: (options: TargetOptions) => Promise<Target>): Promise<void>
}

type Protocol = 'http/protobuf' | 'grpc'

const OK = { 'http/protobuf': { status: 200 }, grpc: { grpcStatus: 0 } } satisfies Record<Protocol, Behaviour>
const RETRYABLE: Record<Protocol, Behaviour> = { 'http/protobuf': { status: 503 }, grpc: { grpcStatus: 14 } }

/** A backend that behaves so, a client that sends to it, and a hand to feed the client. */
async function withClient(
  start: (options: TargetOptions) => Promise<Target>,
  protocol: Protocol,
  behave: (attempt: number) => Behaviour,
  check: (
    backend: Backend,
    send: (ids: readonly string[], padding?: number) => Promise<void>,
  ) => Promise<void>,
  exporter: Record<string, unknown> = {},
): Promise<void> {
  const backend = await (protocol === 'grpc' ? startGrpcBackend(behave) : startHttpBackend(behave))
  const target = await start({ backend: { url: backend.url, protocol }, exporter })
  try {
    await check(backend, async (ids, padding) => {
      const reply = await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(ids, padding) })
      expect(reply.status).toBe(200)
    })
  } finally {
    await target.close()
    await backend.close()
  }
}

/** Sent again after this failure, and then accepted. */
function retried(protocol: Protocol, failure: Behaviour): ClientRule['check'] {
  const behave = (attempt: number) => (attempt === 1 ? failure : OK[protocol])
  return (start) =>
    withClient(start, protocol, behave, async (backend, send) => {
      const ids = newIds(2)
      await send(ids)
      await expect.poll(() => backend.accepted).toEqual(ids)
    })
}

/** Seen once, while another batch is tried again and again: a retry of the first would have come long since. */
function notRetried(protocol: Protocol, answer: Behaviour): ClientRule['check'] {
  const behave = (attempt: number) =>
    attempt === 1 ? answer : attempt < 7 ? RETRYABLE[protocol] : OK[protocol]
  return (start) =>
    withClient(start, protocol, behave, async (backend, send) => {
      const [first, second] = [newIds(1), newIds(1)]
      await send(first)
      await expect.poll(() => backend.attempts.length).toBe(1)
      await send(second)
      await expect.poll(() => backend.accepted).toContain(second[0])
      expect(backend.attempts.filter(({ ids }) => ids.includes(first[0] as string))).toHaveLength(1)
    })
}

/** The second attempt comes no sooner than asked for, less what two clocks may differ by. */
function waits(protocol: Protocol, failure: () => Behaviour, leastMs: number): ClientRule['check'] {
  return (start) =>
    withClient(
      start,
      protocol,
      (attempt) => (attempt === 1 ? failure() : OK[protocol]),
      async (backend, send) => {
        await send(newIds(1))
        await expect.poll(() => backend.attempts.length).toBe(2)
        const [first, second] = backend.attempts
        expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(leastMs)
      },
    )
}

const retryInfo = (code: number, seconds: number): Buffer =>
  Buffer.concat([
    varintField(1, code),
    messageField(
      3,
      stringField(1, 'type.googleapis.com/google.rpc.RetryInfo'),
      messageField(2, messageField(1, varintField(1, seconds))),
    ),
  ])

const partialSuccess = messageField(1, varintField(1, 1), stringField(2, 'one was bad'))

export const CLIENT_RULES: readonly ClientRule[] = [
  ...[429, 502, 503, 504].map(
    (status): ClientRule => ({
      id: 'C1',
      level: 'SHOULD',
      requirement: `HTTP ${status} is retried`,
      check: retried('http/protobuf', { status }),
    }),
  ),
  ...[400, 401, 403, 404, 408, 413, 500, 501].map(
    (status): ClientRule => ({
      id: 'C1',
      level: 'MUST',
      requirement: `HTTP ${status} is not retried as it is`,
      check: notRetried('http/protobuf', { status }),
    }),
  ),
  {
    id: 'C2',
    level: 'SHOULD',
    requirement: 'Retry-After in seconds is waited for',
    check: waits('http/protobuf', () => ({ status: 503, headers: { 'retry-after': '1' } }), 950),
  },
  {
    id: 'C2',
    level: 'SHOULD',
    requirement: 'Retry-After as an HTTP date is waited for',
    check: waits(
      'http/protobuf',
      () => ({ status: 429, headers: { 'retry-after': new Date(Date.now() + 2_000).toUTCString() } }),
      950,
    ),
  },
  ...(['http/protobuf', 'grpc'] as const).map(
    (protocol): ClientRule => ({
      id: 'C3',
      level: 'SHOULD',
      requirement: `a connection that ends without an answer is retried, ${protocol}`,
      check: retried(protocol, 'reset'),
    }),
  ),
  ...[1, 4, 10, 11, 14, 15].map(
    (grpcStatus): ClientRule => ({
      id: 'C4',
      level: 'SHOULD',
      requirement: `gRPC status ${grpcStatus} is retried`,
      check: retried('grpc', { grpcStatus }),
    }),
  ),
  ...[2, 3, 5, 6, 7, 8, 9, 12, 13, 16].map(
    (grpcStatus): ClientRule => ({
      id: 'C4',
      level: 'SHOULD',
      requirement: `gRPC status ${grpcStatus}${grpcStatus === 8 ? ' without RetryInfo' : ''} is not retried`,
      check: notRetried('grpc', { grpcStatus }),
    }),
  ),
  {
    id: 'C5',
    level: 'SHOULD',
    requirement: 'RESOURCE_EXHAUSTED with RetryInfo is retried, after its delay',
    check: waits('grpc', () => ({ grpcStatus: 8, details: retryInfo(8, 1) }), 950),
  },
  {
    id: 'C5',
    level: 'SHOULD',
    requirement: 'UNAVAILABLE with RetryInfo is retried after its delay',
    check: waits('grpc', () => ({ grpcStatus: 14, details: retryInfo(14, 1) }), 950),
  },
  ...(['http/protobuf', 'grpc'] as const).map(
    (protocol): ClientRule => ({
      id: 'C6',
      level: 'MUST',
      requirement: `partial success is not retried, ${protocol}`,
      check: notRetried(protocol, { ...OK[protocol], body: partialSuccess }),
    }),
  ),
  ...(['http/protobuf', 'grpc'] as const).map(
    (protocol): ClientRule => ({
      id: 'C9',
      level: 'MUST',
      requirement: `an answer larger than 4 MiB is not retried, ${protocol}`,
      check: notRetried(protocol, { ...OK[protocol], body: Buffer.alloc(5 * 2 ** 20) }),
    }),
  ),
  {
    id: 'C10',
    level: 'MUST',
    requirement: 'the content type says protobuf, and gzip is stated where it is used',
    check: (start) =>
      withClient(
        start,
        'http/protobuf',
        () => OK['http/protobuf'],
        async (backend, send) => {
          const ids = newIds(1)
          await send(ids)
          await expect.poll(() => backend.accepted).toEqual(ids)
          expect(backend.attempts[0]?.headers).toMatchObject({
            'content-type': 'application/x-protobuf',
            'content-encoding': 'gzip',
          })
        },
        { compression: 'gzip' },
      ),
  },
  {
    id: 'C10',
    level: 'SHOULD',
    requirement: 'connections are kept for the next requests',
    check: (start) =>
      withClient(
        start,
        'http/protobuf',
        () => OK['http/protobuf'],
        async (backend, send) => {
          for (let count = 1; count <= 20; count += 1) {
            await send(newIds(1))
            await expect.poll(() => backend.accepted.length).toBe(count)
          }
          expect(new Set(backend.attempts.map(({ connection }) => connection)).size).toBeLessThan(20)
        },
      ),
  },
]
