import { expect, test, vi } from 'vitest'
import { parseRetryAfter, retryDelay } from './retry-policy.ts'

test.each([
  ['7', 7_000],
  ['0', 0],
  ['5.5', 5_500],
  ['Mon, 30 Nov 2026 10:00:20 GMT', 20_000],
  ['Mon, 30 Nov 2026 09:00:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After: %s asks for %d ms', (value, expected) => {
  vi.setSystemTime('2026-11-30T10:00:00Z')
  expect(parseRetryAfter(value)).toBe(expected)
  vi.useRealTimers()
})

test('delays grow up to the longest, by half of it either way, and are never less than what is asked for', () => {
  const retry = { initialInterval: 1_000, maxInterval: 5_000, multiplier: 2, maxElapsedTime: 0 }
  const delays = (random: number): number[] =>
    [1, 2, 3, 4, 5].map((attempt) => retryDelay(retry, attempt, 0, () => random))
  expect(delays(0)).toEqual([500, 1_000, 2_000, 2_500, 2_500])
  expect(delays(1)).toEqual([1_500, 3_000, 6_000, 7_500, 7_500])
  expect(retryDelay(retry, 1, 60_000)).toBe(60_000)
  expect(retryDelay(retry, 1, 3_600_000)).toBe(300_000)
})
