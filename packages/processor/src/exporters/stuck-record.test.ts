import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { rateLimited } from '../telemetry/logger.ts'
import { Outage } from './outage.ts'
import { StuckRecord } from './stuck-record.ts'

/** Fails so many times in so many minutes, with others going through between them or not. */
function isGivenUp({ failures, minutes, others }: { failures: number; minutes: number; others: boolean }) {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const outage = new Outage('backend', rateLimited(pino({ level: 'silent' })))
  const record = new StuckRecord(outage)
  let isHopeless = false
  for (let failure = 0; failure < failures; failure += 1) {
    if (others) outage.end()
    isHopeless = record.fail()
    vi.advanceTimersByTime((minutes * 60_000) / (failures - 1))
  }
  return isHopeless
}

test('a record that fails for ten minutes while others go through is given up', () => {
  expect(isGivenUp({ failures: 21, minutes: 11, others: true })).toBe(true)
})

test.each([
  ['for less than that', { failures: 100, minutes: 9, others: true }],
  ['a few times only', { failures: 19, minutes: 60, others: true }],
  ['while nothing else goes through', { failures: 100, minutes: 60, others: false }],
])('one that fails %s is kept', (_how, failing) => {
  expect(isGivenUp(failing)).toBe(false)
})
