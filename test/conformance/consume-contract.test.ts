import { describe, expect, onTestFinished, test } from 'vitest'
import { type Backend, type Behaviour, startGrpcBackend, startHttpBackend } from './support/backend.ts'
import { grpc, http, PROTOBUF } from './support/client.ts'
import { newIds, tracesProtobuf } from './support/payloads.ts'
import { hasCollector, startCollector, startSpanmeter, type Target } from './support/targets.ts'

/*
 * The Collector's own contract test (receivertest.CheckConsumeContract), for the whole way through: several generators
 * send spans with ids of their own to a consumer that fails in a stated way; at the end accepted plus dropped is what
 * was generated, nothing twice among them, nothing invented.
 */
type Protocol = 'http/protobuf' | 'grpc'
type Mood = 'always ok' | 'random retryable' | 'random permanent' | 'random mixed'
const MOODS: readonly Mood[] = ['always ok', 'random retryable', 'random permanent', 'random mixed']
const PROTOCOLS: readonly Protocol[] = ['http/protobuf', 'grpc']

const RETRYABLE = { 'http/protobuf': { status: 503 }, grpc: { grpcStatus: 14 } } as const
const PERMANENT = { 'http/protobuf': { status: 400 }, grpc: { grpcStatus: 3 } } as const
const OK = { 'http/protobuf': { status: 200 }, grpc: { grpcStatus: 0 } } as const

function moody(mood: Mood, protocol: Protocol): () => Behaviour {
  return () => {
    const dice = Math.random()
    if (mood !== 'always ok' && mood !== 'random permanent' && dice < 0.25) return RETRYABLE[protocol]
    if (mood !== 'always ok' && mood !== 'random retryable' && dice > 0.75) return PERMANENT[protocol]
    return OK[protocol]
  }
}

async function startBackend(protocol: Protocol, behave: () => Behaviour): Promise<Backend> {
  const backend = await (protocol === 'grpc' ? startGrpcBackend(behave) : startHttpBackend(behave))
  onTestFinished(() => backend.close())
  return backend
}

type Outcome = 'accepted' | 'dropped' | 'retry'

/** One attempt to hand spans over, and what the client may conclude. */
async function send(target: Target, protocol: Protocol, ids: readonly string[]): Promise<Outcome> {
  if (protocol === 'grpc') {
    const { status } = await grpc(target.grpc, { message: tracesProtobuf(ids) })
    return status === 0 ? 'accepted' : status === 14 || status === 8 ? 'retry' : 'dropped'
  }
  const { status } = await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(ids) })
  return status === 200 ? 'accepted' : [429, 502, 503, 504].includes(status) ? 'retry' : 'dropped'
}

interface Generated {
  readonly accepted: string[]
  readonly dropped: string[]
}

async function generate(target: Target, protocol: Protocol, requests = 40): Promise<Generated> {
  const result: Generated = { accepted: [], dropped: [] }
  const generator = async () => {
    for (let count = 0; count < requests; count += 1) {
      const ids = newIds(1)
      let outcome: Outcome = 'retry'
      while (outcome === 'retry') outcome = await send(target, protocol, ids)
      result[outcome].push(...ids)
    }
  }
  await Promise.all(Array.from({ length: 4 }, generator))
  return result
}

describe.each(PROTOCOLS)('without a queue, received over %s', (receiving) => {
  describe.each(PROTOCOLS)('forwarded over %s', (sending) => {
    test.each(MOODS)('consumer %s: what the client is told is what happened', async (mood) => {
      const backend = await startBackend(sending, moody(mood, sending))
      const target = await startSpanmeter({
        backend: { url: backend.url, protocol: sending },
        sections: { sending_queue: { enabled: false } },
      })
      onTestFinished(() => target.close())
      const { accepted, dropped } = await generate(target, receiving)
      expect([...backend.accepted].sort()).toEqual([...accepted].sort())
      expect(accepted.length + dropped.length).toBe(160)
      expect(dropped.length > 0).toBe(mood === 'random permanent' || mood === 'random mixed')
    })
  })
})

describe.each(PROTOCOLS)('with the queue, forwarded over %s', (sending) => {
  test.each(MOODS)('consumer %s: accepted = exported + dropped, each span once', async (mood) => {
    const backend = await startBackend(sending, moody(mood, sending))
    const target = await startSpanmeter({ backend: { url: backend.url, protocol: sending } })
    onTestFinished(() => target.close())
    const { accepted, dropped } = await generate(target, 'http/protobuf')
    expect(dropped).toEqual([])

    await expect.poll(() => held(target), { timeout: 20_000 }).toBe(0)
    const books = await readBooks(target)
    expect(books.received).toBe(accepted.length)
    expect(books.exported + books.dropped).toBe(accepted.length)
    expect(backend.accepted.length).toBe(books.exported)
    expect(new Set(backend.accepted).size).toBe(backend.accepted.length)
    expect(backend.accepted.filter((id) => !accepted.includes(id))).toEqual([])
  })
})

/** What a client should see when a destination without a queue in between fails: the same, in its own words. */
const PROPAGATION: readonly { http: number; grpc: number; retryable: boolean }[] = [
  { http: 400, grpc: 3, retryable: false },
  { http: 503, grpc: 14, retryable: true },
]

describe.each(PROTOCOLS)('an error of a backend over %s', (sending) => {
  test.each(PROPAGATION)('reaches the client: HTTP $http, gRPC $grpc', async (expected) => {
    const behaviour = sending === 'grpc' ? { grpcStatus: expected.grpc } : { status: expected.http }
    const backend = await startBackend(sending, () => behaviour)
    const target = await startSpanmeter({
      backend: { url: backend.url, protocol: sending },
      sections: { sending_queue: { enabled: false } },
    })
    onTestFinished(() => target.close())
    const message = tracesProtobuf(newIds(1))
    const overHttp = await http(target.http, { headers: PROTOBUF, body: message })
    const overGrpc = await grpc(target.grpc, { message })
    expect([overHttp.status, overGrpc.status]).toEqual([expected.http, expected.grpc])
    expect(overHttp.headers['retry-after'] !== undefined).toBe(expected.retryable)
  })
})

describe.skipIf(!hasCollector)('with the real Go Collector', () => {
  test.each(['http/protobuf', 'grpc'] as const)(
    'as a client over %s: all that it sends arrives once',
    async (protocol) => {
      const backend = await startBackend('http/protobuf', moody('random retryable', 'http/protobuf'))
      const target = await startSpanmeter({ backend: { url: backend.url, protocol: 'http/protobuf' } })
      onTestFinished(() => target.close())
      const url = protocol === 'grpc' ? target.grpc : target.http
      const collector = await startCollector({ backend: { url, protocol } })
      onTestFinished(() => collector.close())

      const { accepted } = await generate(collector, 'http/protobuf')
      await expect.poll(() => backend.accepted.length, { timeout: 20_000 }).toBe(accepted.length)
      expect([...backend.accepted].sort()).toEqual([...accepted].sort())
    },
  )

  test.each(['http/protobuf', 'grpc'] as const)(
    'as a backend over %s: all that we send arrives once',
    async (protocol) => {
      const last = await startBackend('http/protobuf', () => OK['http/protobuf'])
      const collector = await startCollector({ backend: { url: last.url, protocol: 'http/protobuf' } })
      onTestFinished(() => collector.close())
      const url = protocol === 'grpc' ? collector.grpc : collector.http
      const target = await startSpanmeter({ backend: { url, protocol } })
      onTestFinished(() => target.close())

      const { accepted } = await generate(target, 'grpc')
      await expect.poll(() => last.accepted.length, { timeout: 20_000 }).toBe(accepted.length)
      expect([...last.accepted].sort()).toEqual([...accepted].sort())
    },
  )
})

interface Books {
  readonly received: number
  readonly exported: number
  readonly dropped: number
}

async function readBooks(target: Target): Promise<Books> {
  const text = await (await fetch(`${target.web}/metrics`)).text()
  const sum = (state: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('spanmeter_destination_items{') && line.includes(`state="${state}"`))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
  return { received: sum('received'), exported: sum('exported'), dropped: sum('dropped') }
}

async function held(target: Target): Promise<number> {
  const text = await (await fetch(`${target.web}/metrics`)).text()
  const line = text.split('\n').find((candidate) => candidate.startsWith('spanmeter_destination_held_items{'))
  return Number(line?.split(' ').at(-1) ?? Number.NaN)
}
