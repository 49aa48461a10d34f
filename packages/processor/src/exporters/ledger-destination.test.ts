import type { LedgerSpan } from '@spanmeter/ledger'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createLedgerDestination } from './ledger-destination.ts'

let nextId = 1

function record(): { payload: Buffer; encoding: 'json' } {
  const id = (nextId++).toString(16)
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5',
  }
  const span = {
    traceId: id.padStart(32, '0'),
    spanId: id.padStart(16, '0'),
    name: 'chat gpt-5',
    startTimeUnixNano: '1790000000000000000',
    endTimeUnixNano: '1790000001000000000',
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  }
  const payload = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
  return { payload, encoding: 'json' }
}

function deliver(
  count: number,
  destination: ReturnType<typeof createLedgerDestination>,
  signal: AbortSignal = new AbortController().signal,
): Promise<unknown[]> {
  const deliveries = Array.from({ length: count }, () =>
    destination.deliver({ signal: 'traces', itemCount: 1, acceptedAt: 0, ...record() }, signal),
  )
  return Promise.all(deliveries)
}

test('the first after a quiet time is written at once, what comes soon after it together, and a full group does not wait', async () => {
  const written: number[] = []
  const store = { append: async (spans: readonly LedgerSpan[]) => void written.push(spans.length) }
  const destination = createLedgerDestination(store, { interval: 60_000 })
  await deliver(1, destination)
  expect(written).toEqual([1])
  await deliver(destination.concurrency, destination)
  expect(written).toEqual([1, 64])
  const late = deliver(3, destination)
  await destination.close()
  await late
  expect(written).toEqual([1, 64, 3])
})

test('a ledger that takes long to write is written less often', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const began = [Promise.withResolvers<number>(), Promise.withResolvers<number>()]
  let writes = 0
  const store = {
    async append() {
      began[writes++]?.resolve(performance.now())
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    },
  }
  const destination = createLedgerDestination(store, { interval: 500 })
  const first = deliver(1, destination)
  const start = await began[0]?.promise
  await vi.advanceTimersByTimeAsync(1_000)
  await first
  const second = deliver(2, destination)
  await vi.advanceTimersByTimeAsync(3_999)
  expect(writes).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(await began[1]?.promise).toBe((start ?? 0) + 5_000)
  await vi.advanceTimersByTimeAsync(1_000)
  await second
})

test('near the end nothing waits for more, and past it what has not been begun is left to the next start', async () => {
  const written: number[] = []
  const begun = Promise.withResolvers<void>()
  const slow = Promise.withResolvers<void>()
  const store = {
    async append(spans: readonly LedgerSpan[]) {
      written.push(spans.length)
      if (written.length < 3) return
      begun.resolve()
      await slow.promise
    },
  }
  const destination = createLedgerDestination(store, { interval: 60_000 })
  await deliver(1, destination)
  const waiting = deliver(2, destination)
  destination.hurry?.()
  await waiting
  const stop = new AbortController()
  const last = deliver(1, destination, stop.signal)
  await begun.promise
  const late = deliver(2, destination, stop.signal)
  stop.abort()
  slow.resolve()
  expect(await last).toEqual([{ kind: 'accepted' }])
  expect(await late).toEqual(Array(2).fill({ kind: 'retryable', message: 'stopped before it was written' }))
  expect(written).toEqual([1, 2, 1])
})
