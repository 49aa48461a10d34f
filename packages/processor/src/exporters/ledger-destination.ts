import type { LedgerSpan } from '@spanmeter/ledger'
import type { RetryConfig } from '../config/types.ts'
import { type BusinessOf, readLedgerSpans } from '../enrichment/read-ledger-spans.ts'
import type { QueueRecord } from '../queue/record.ts'
import type { DeliveryResult, Destination } from './types.ts'

/** Keeps spans; appending a span again changes nothing. */
export interface SpanStore {
  append(spans: readonly LedgerSpan[]): Promise<void>
}

interface Waiting {
  readonly record: QueueRecord
  readonly signal: AbortSignal
  readonly resolve: (result: DeliveryResult) => void
}

interface ReadRecord {
  readonly spans: readonly LedgerSpan[]
  readonly resolve: (result: DeliveryResult) => void
}

/** Writes to the ledger are retried for ever: what it misses would be missing for good. */
export const LEDGER_RETRY: RetryConfig = {
  initialInterval: 500,
  maxInterval: 10_000,
  multiplier: 2,
  maxElapsedTime: 0,
}

/** A transaction takes as long for one row as for thousands, so all waiting records are written together, up to this size. */
const MAX_GROUP_SPANS = 4_096
const CONCURRENCY = 64
const MAX_WAITING_BYTES = 16 * 2 ** 20
/** The least time between two writes, while few records wait. After a quiet time the first record is written at once. */
const INTERVAL_MS = 1_000
/** In a large ledger, writes take long. The time between two writes is at least this many times as long as the last one took. */
const WRITE_SHARE = 5

export interface LedgerDestinationOptions {
  /** The least time between two writes, while few records wait, in milliseconds. */
  readonly interval?: number
  /** Who spans with outcomes were for. */
  readonly businessOf?: BusinessOf
}

/** The ledger as a destination of the queue: if it fails, its records wait on disk, and other destinations are not affected. */
export function createLedgerDestination(
  store: SpanStore,
  { interval = INTERVAL_MS, businessOf }: LedgerDestinationOptions = {},
): Destination {
  const waiting: Waiting[] = []
  let writing: Promise<void> | undefined
  let began = Number.NEGATIVE_INFINITY
  let took = 0
  let hurried = false
  let writeNow = (): void => {}

  const gather = async (): Promise<void> => {
    const rest = began + Math.max(interval, took * WRITE_SHARE) - performance.now()
    if (hurried || rest <= 0 || isFull(waiting)) return
    const { promise, resolve } = Promise.withResolvers<void>()
    writeNow = resolve
    const timer = setTimeout(resolve, rest)
    await promise
    clearTimeout(timer)
  }

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      await gather()
      const group = await readGroup(waiting, businessOf)
      if (group.length === 0) continue
      began = performance.now()
      const result = await append(
        store,
        group.flatMap(({ spans }) => spans),
      )
      took = performance.now() - began
      // One span that the ledger can't take must not keep the others out: the records are written one by one.
      if (result.kind === 'permanent' && group.length > 1) {
        for (const { spans, resolve } of group) resolve(await append(store, spans))
      } else for (const { resolve } of group) resolve(result)
    }
    writing = undefined
  }

  const hurry = (): void => {
    hurried = true
    writeNow()
  }

  return {
    name: 'ledger',
    concurrency: CONCURRENCY,
    accepts: (signal) => signal === 'traces',
    deliver: (record, signal) =>
      new Promise((resolve) => {
        waiting.push({ record, signal, resolve })
        writing ??= writeAll()
        if (isFull(waiting)) writeNow()
      }),
    hurry,
    async close() {
      hurry()
      await writing
    },
  }
}

/** Whether no more records can come, or no more should wait in memory. */
function isFull(waiting: readonly Waiting[]): boolean {
  if (waiting.length >= CONCURRENCY) return true
  return waiting.reduce((sum, { record }) => sum + record.payload.length, 0) >= MAX_WAITING_BYTES
}

/**
 * Takes and reads the records that can be written together. They are not read before, as spans that wait as objects would
 * outlive the young generation and fill the heap until the next full garbage collection. A record that has nothing for the
 * ledger, or can't be read, is settled here.
 */
async function readGroup(waiting: Waiting[], businessOf: BusinessOf | undefined): Promise<ReadRecord[]> {
  const group: ReadRecord[] = []
  for (let count = 0; count < MAX_GROUP_SPANS; ) {
    const next = waiting.shift()
    if (next === undefined) break
    const { record, signal, resolve } = next
    if (signal.aborted) {
      resolve({ kind: 'retryable', message: 'stopped before it was written' })
      continue
    }
    try {
      const spans = readLedgerSpans(record.payload, record.encoding, businessOf)
      if (spans.length === 0) resolve({ kind: 'accepted' })
      else group.push({ spans, resolve })
      count += spans.length
    } catch (error) {
      resolve({ kind: 'permanent', message: `internal error: ${(error as Error).message}` })
    }
    // Lets requests be answered between one record and the next.
    await new Promise(setImmediate)
  }
  return group
}

async function append(store: SpanStore, spans: readonly LedgerSpan[]): Promise<DeliveryResult> {
  try {
    await store.append(spans)
    return { kind: 'accepted' }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { kind: code === 'ledger_invalid_span' ? 'permanent' : 'retryable', message }
  }
}
