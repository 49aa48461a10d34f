import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import type { QueueRecord } from '../queue/record.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { DeadLetters } from './dead-letters.ts'
import { deliverRecord } from './delivery.ts'
import { Outage } from './outage.ts'
import type { DeliveryResult } from './types.ts'

/** Details of what was logged as good news. */
const noted: object[] = []

let directory: string
beforeEach(() => {
  noted.length = 0
  directory = temporaryDirectory()
})
afterEach(() => {
  vi.useRealTimers()
})

function parts(answers: readonly DeliveryResult[], maxElapsedTime = 0) {
  let attempt = 0
  const telemetry = createTelemetry()
  const destination = {
    name: 'tempo',
    concurrency: 1,
    accepts: () => true,
    deliver: async () => answers[Math.min(attempt++, answers.length - 1)] as DeliveryResult,
    close: async () => undefined,
  }
  const log = { warn: () => undefined, info: (_key: string, details: object) => void noted.push(details) }
  return {
    destination,
    retry: { initialInterval: 1, maxInterval: 1, multiplier: 1, maxElapsedTime },
    deadLetters: new DeadLetters(directory),
    telemetry,
    log,
    outage: new Outage('tempo', log),
  }
}

function record(payload: Buffer): QueueRecord {
  return { signal: 'traces', encoding: 'protobuf', itemCount: 3, acceptedAt: 0, payload }
}

const never = new AbortController().signal

describe('a record', () => {
  test('that is too large and can’t be taken apart is a dead letter, and what comes after it goes on', async () => {
    const delivery = parts([{ kind: 'too_large', message: 'HTTP 413' }])
    expect(await deliverRecord(record(Buffer.from('not protobuf')), delivery, never)).toBe(true)
    const { destinationItems } = delivery.telemetry
    expect(destinationItems.value('tempo', 'traces', 'dropped', 'too_large')).toBe(3)
    expect(await readFile(join(directory, 'tempo.jsonl'), 'utf8')).toContain('too_large: HTTP 413')
  })

  test('at which a destination throws is a dead letter, and what comes after it goes on', async () => {
    const delivery = parts([])
    delivery.destination.deliver = async () => {
      throw new Error('a bug')
    }
    expect(await deliverRecord(record(Buffer.from('x')), delivery, never)).toBe(true)
    expect(delivery.telemetry.destinationItems.value('tempo', 'traces', 'dropped', 'permanent_error')).toBe(3)
    expect(delivery.telemetry.inFlightRequests.value('tempo')).toBe(0)
    expect(await readFile(join(directory, 'tempo.jsonl'), 'utf8')).toContain('internal error: a bug')
  })

  test.each([
    [2, 'partial success: no room'],
    [0, 'accepted, with a warning: no room'],
  ])('of which the backend rejects %i items is logged in its words', async (rejectedItems, words) => {
    const delivery = parts([{ kind: 'accepted', partial: { rejectedItems, errorMessage: 'no room' } }])
    const warn = vi.spyOn(delivery.log, 'warn')
    expect(await deliverRecord(record(Buffer.alloc(0)), delivery, never)).toBe(true)
    expect(warn.mock.calls).toEqual([
      ['partial tempo', { destination: 'tempo', rejected: rejectedItems }, words],
    ])
  })

  test('that gets through after failures says so once, with how long it took', async () => {
    const delivery = parts([
      { kind: 'retryable', message: 'HTTP 503' },
      { kind: 'retryable', message: 'HTTP 503' },
      { kind: 'accepted' },
    ])
    await deliverRecord(record(Buffer.alloc(0)), delivery, never)
    await deliverRecord(record(Buffer.alloc(0)), delivery, never)
    expect(noted).toEqual([{ destination: 'tempo', afterSeconds: 0 }])
  })

  test.each([
    [
      'that alone fails, while others go through, is a dead letter after a while',
      { kind: 'retryable' },
      1,
      'retry_expired',
    ],
    ['that fails like all others is tried until it gets through', { kind: 'retryable' }, 0, undefined],
    ['that is asked to wait is tried until it gets through', { kind: 'retryable', afterMs: 1 }, 1, undefined],
  ] as const)('%s', async (_what, failure, othersAccepted, dropped) => {
    const delivery = parts([])
    let attempts = 0
    let clock = 0
    vi.spyOn(performance, 'now').mockImplementation(() => clock)
    delivery.destination.deliver = async () => {
      attempts += 1
      clock += 60_000
      for (let other = 0; other < othersAccepted; other += 1) delivery.outage.end()
      return attempts === 40 ? { kind: 'accepted' } : { ...failure, message: 'HTTP 504' }
    }
    await deliverRecord(record(Buffer.alloc(0)), delivery, never)
    vi.restoreAllMocks()
    const { destinationItems } = delivery.telemetry
    expect(destinationItems.sum('tempo', 'traces', 'dropped', dropped)).toBe(dropped === undefined ? 0 : 3)
    expect(attempts).toBe(dropped === undefined ? 40 : 20)
  })

  test('is not given up because the clock of the machine jumps', async () => {
    const delivery = parts([{ kind: 'retryable', message: 'HTTP 503' }, { kind: 'accepted' }], 60_000)
    vi.useFakeTimers({ toFake: ['Date'] })
    const delivered = deliverRecord(record(Buffer.alloc(0)), delivery, never)
    vi.setSystemTime(Date.now() + 365 * 86_400_000)
    expect(await delivered).toBe(true)
    expect(delivery.telemetry.destinationItems.value('tempo', 'traces', 'exported', '')).toBe(3)
  })
})
