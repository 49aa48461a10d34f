import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  messageField,
  stringField,
  varintField,
} from '../../packages/processor/src/protocol/protobuf-fields.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { type Behaviour, startGrpcBackend, startHttpBackend } from './support/backend.ts'
import { http, PROTOBUF } from './support/client.ts'
import { newIds, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter, type Target } from './support/targets.ts'

let directory: string
beforeEach(() => {
  directory = temporaryDirectory()
})

const SPANS = 4
const BATCHES = 10

/** What became of the spans for a destination. */
interface Books {
  readonly received: number
  readonly exported: number
  readonly rejected: number
  readonly dropped: number
  readonly held: number
}

async function booksOf(target: Target, destination = 'backend'): Promise<Books> {
  const text = await (await fetch(`${target.web}/metrics`)).text()
  const sum = (pattern: RegExp) =>
    [...text.matchAll(pattern)].reduce((total, [, value]) => total + Number(value), 0)
  const state = (name: string) =>
    sum(
      new RegExp(
        `^spanmeter_destination_items\\{destination="${destination}",signal="traces",state="${name}".*\\} (\\d+)$`,
        'gm',
      ),
    )
  return {
    received: state('received'),
    exported: state('exported'),
    rejected: state('rejected'),
    dropped: state('dropped'),
    held: sum(
      new RegExp(
        `^spanmeter_destination_held_items\\{destination="${destination}",signal="traces"\\} (\\d+)$`,
        'gm',
      ),
    ),
  }
}

/** `timeout`: short where a backend hangs; long where it never does, for what is cut in between arrives twice. */
async function start(backendUrl: string, protocol: 'http/protobuf' | 'grpc', timeout = '200ms') {
  const target = await startSpanmeter({
    backend: { url: backendUrl, protocol },
    exporter: { timeout },
    sections: { sending_queue: { directory: join(directory, 'queue') }, shutdown_timeout: '100ms' },
  })
  onTestFinished(() => target.close())
  return target
}

async function sendAll(target: Target, batches = BATCHES): Promise<void> {
  for (let batch = 0; batch < batches; batch += 1) {
    const reply = await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(newIds(SPANS)) })
    expect(reply.status).toBe(200)
  }
}

const partial = messageField(1, varintField(1, 1), stringField(2, 'one was bad'))
const every = (failure: Behaviour, ok: Behaviour) => (attempt: number) => (attempt % 2 === 1 ? failure : ok)
const HTTP_OK: Behaviour = { status: 200 }
const GRPC_OK: Behaviour = { grpcStatus: 0 }
const all = SPANS * BATCHES

describe('received = exported + rejected + dropped, and nothing is held, after a backend that', () => {
  test.each<[string, (attempt: number) => Behaviour, Omit<Books, 'received' | 'held'>]>([
    [
      'is down for a while',
      (attempt) => (attempt < 40 ? 'reset' : HTTP_OK),
      { exported: all, rejected: 0, dropped: 0 },
    ],
    ['hangs now and then', every('hang', HTTP_OK), { exported: all, rejected: 0, dropped: 0 }],
    ['answers with garbage', every('garbage', HTTP_OK), { exported: all, rejected: 0, dropped: 0 }],
    ['asks to come back', every({ status: 429 }, HTTP_OK), { exported: all, rejected: 0, dropped: 0 }],
    ['refuses all for good', () => ({ status: 400 }), { exported: 0, rejected: 0, dropped: all }],
    ['knows no traces', () => ({ status: 404 }), { exported: 0, rejected: 0, dropped: all }],
    ['finds even one span too large', () => ({ status: 413 }), { exported: 0, rejected: 0, dropped: all }],
    [
      'rejects one of each batch',
      () => ({ status: 200, body: partial }),
      { exported: all - BATCHES, rejected: BATCHES, dropped: 0 },
    ],
  ])('%s (HTTP)', async (_fault, behave, expected) => {
    const backend = await startHttpBackend(behave)
    onTestFinished(() => backend.close())
    const target = await start(backend.url, 'http/protobuf')
    await sendAll(target)
    await expect.poll(() => booksOf(target)).toEqual({ received: all, held: 0, ...expected })
  })

  test.each<[string, (attempt: number) => Behaviour, Omit<Books, 'received' | 'held'>]>([
    ['cuts connections', every('reset', GRPC_OK), { exported: all, rejected: 0, dropped: 0 }],
    [
      'is unavailable now and then',
      every({ grpcStatus: 14 }, GRPC_OK),
      { exported: all, rejected: 0, dropped: 0 },
    ],
    [
      'refuses with words that are no text',
      () => ({ grpcStatus: 3, message: '%ff%zz' }),
      { exported: 0, rejected: 0, dropped: all },
    ],
    [
      'finds even one span too large',
      () => ({ grpcStatus: 8, message: 'message larger than max' }),
      { exported: 0, rejected: 0, dropped: all },
    ],
    [
      'rejects one of each batch',
      () => ({ grpcStatus: 0, body: partial }),
      { exported: all - BATCHES, rejected: BATCHES, dropped: 0 },
    ],
  ])('%s (gRPC)', async (_fault, behave, expected) => {
    const backend = await startGrpcBackend(behave)
    onTestFinished(() => backend.close())
    const target = await start(backend.url, 'grpc')
    await sendAll(target)
    await expect.poll(() => booksOf(target)).toEqual({ received: all, held: 0, ...expected })
  })
})

describe('the books balance', () => {
  test('while all is held, and after the restart that delivers it', async () => {
    let down = true
    const backend = await startHttpBackend(() => (down ? { status: 503 } : HTTP_OK))
    onTestFinished(() => backend.close())
    const first = await start(backend.url, 'http/protobuf')
    await sendAll(first)
    expect(await booksOf(first)).toEqual({ received: all, exported: 0, rejected: 0, dropped: 0, held: all })
    await first.service.close()

    down = false
    const second = await start(backend.url, 'http/protobuf')
    const delivered = { received: all, exported: all, rejected: 0, dropped: 0, held: 0 }
    await expect.poll(() => booksOf(second)).toEqual(delivered)
    expect(new Set(backend.accepted).size).toBe(all)
  })

  test('with a ledger that is damaged and a queue full of what it lacks: the backend misses nothing', async () => {
    const backend = await startHttpBackend(() => HTTP_OK)
    onTestFinished(() => backend.close())
    const path = join(directory, 'ledger.duckdb')
    await writeFile(path, 'no ledger at all'.repeat(1_000))
    const target = await startSpanmeter({
      backend: { url: backend.url, protocol: 'http/protobuf' },
      sections: {
        sending_queue: { directory: join(directory, 'queue'), max_size: '512KiB' },
        ledger: { path },
        shutdown_timeout: '100ms',
      },
    })
    onTestFinished(() => target.close())
    const batches = 200
    for (let batch = 0; batch < batches; batch += 1) {
      const body = tracesProtobuf(newIds(1), 10_000)
      await expect.poll(async () => (await http(target.http, { headers: PROTOBUF, body })).status).toBe(200)
    }
    await expect.poll(() => backend.accepted.length).toBe(batches)
    await expect
      .poll(() => booksOf(target))
      .toEqual({ received: batches, exported: batches, rejected: 0, dropped: 0, held: 0 })
    const { dropped, held, ...rest } = await booksOf(target, 'ledger')
    expect([dropped + held, rest]).toEqual([batches, { received: batches, exported: 0, rejected: 0 }])
    expect(dropped).toBeGreaterThan(50)
    expect((await fetch(`${target.web}/readyz`)).status).toBe(200)
  })

  test('after a segment was damaged while the processor was down', async () => {
    let down = true
    const backend = await startHttpBackend(() => (down ? { status: 503 } : HTTP_OK))
    onTestFinished(() => backend.close())
    const first = await start(backend.url, 'http/protobuf')
    await sendAll(first)
    await first.service.close()
    const names = (await readdir(join(directory, 'queue'))).filter((name) => name.endsWith('.segment'))
    const path = join(directory, 'queue', names.sort()[0] as string)
    const bytes = await readFile(path)
    bytes[bytes.byteLength - 10] = (bytes[bytes.byteLength - 10] as number) ^ 0xff
    await writeFile(path, bytes)

    down = false
    const second = await start(backend.url, 'http/protobuf')
    await expect
      .poll(() => booksOf(second))
      .toEqual({ received: all, exported: all - SPANS, rejected: 0, dropped: SPANS, held: 0 })
  })

  test('after an outage of more than memory holds: all of it comes from disk, once and in full', async () => {
    let down = true
    const backend = await startHttpBackend(() => (down ? 'reset' : HTTP_OK))
    onTestFinished(() => backend.close())
    const target = await start(backend.url, 'http/protobuf', '30s')
    const ids: string[] = []
    for (let batch = 0; batch < 40; batch += 1) {
      const batchIds = newIds(2)
      ids.push(...batchIds)
      const body = tracesProtobuf(batchIds, 2 ** 19)
      expect((await http(target.http, { headers: PROTOBUF, body })).status).toBe(200)
    }
    down = false
    await expect
      .poll(() => booksOf(target))
      .toEqual({ received: ids.length, exported: ids.length, rejected: 0, dropped: 0, held: 0 })
    expect([...backend.accepted].sort()).toEqual([...ids].sort())
  })
})
