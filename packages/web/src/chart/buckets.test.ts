import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Bucket } from '../api/types.ts'
import { formatAxis } from '../format/time.ts'
import { endOf, labelledBuckets } from './buckets.ts'

const HOUR = 3_600_000

function startsFrom(first: string, count: number, bucket: Bucket): number[] {
  const starts = [Date.parse(first)]
  while (starts.length < count) starts.push(endOf(starts.at(-1)!, bucket))
  return starts
}

const labels = (first: string, count: number, bucket: Bucket, room: number): string[] =>
  formatAxis(labelledBuckets(startsFrom(first, count, bucket), bucket, room), bucket)

describe('labels below a chart', () => {
  it('have every hour of a day once, also where the visitor’s clock skips or repeats one', () => {
    vi.stubEnv('TZ', 'America/New_York')
    onTestFinished(() => void vi.unstubAllEnvs())
    const hours = Array.from({ length: 12 }, (_, index) => `${String(index * 2).padStart(2, '0')}:00`)
    for (const [day, printed] of [
      ['2026-03-08', '8 Mar'],
      ['2026-11-01', '1 Nov'],
    ] as const) {
      expect(labels(day, 24, 'hour', 12)).toEqual([`${hours[0]}\n${printed}`, ...hours.slice(1)])
      expect(labelledBuckets(startsFrom(day, 24, 'hour'), 'hour', 12)[3]).toBe(Date.parse(day) + 6 * HOUR)
    }
  })

  it.each([
    [
      '2026-11-24T02:00Z',
      72,
      'hour',
      6,
      ['12:00\n24 Nov', '00:00\n25 Nov', '12:00', '00:00\n26 Nov', '12:00', '00:00\n27 Nov'],
    ],
    ['2026-11-24T02:00Z', 96, 'hour', 4, ['25 Nov\n2026', '26 Nov', '27 Nov', '28 Nov']],
    ['2026-11-25', 21, 'day', 4, ['30 Nov\n2026', '7 Dec', '14 Dec']],
    ['2025-12-22', 4, 'week', 4, ['22 Dec\n2025', '29 Dec', '5 Jan\n2026', '12 Jan']],
    [
      '2025-02-01',
      24,
      'month',
      8,
      ['Apr\n2025', 'Jul', 'Oct', 'Jan\n2026', 'Apr', 'Jul', 'Oct', 'Jan\n2027'],
    ],
    ['2026-11-24T09:58Z', 8, 'minute', 4, ['10:00\n24 Nov', '10:05']],
  ] as const)('from %s, %i of a %s with room for %i', (first, count, bucket, room, expected) => {
    expect(labels(first, count, bucket, room)).toEqual(expected)
  })
})

it.each([
  ['2026-01-01', 'month', '2026-02-01'],
  ['2024-02-01', 'month', '2024-03-01'],
  ['2026-10-12', 'week', '2026-10-19'],
  ['2026-10-31', 'day', '2026-11-01'],
] as const)('the bucket that starts on %s, a %s, ends on %s', (start, bucket, end) => {
  expect(endOf(Date.parse(start), bucket)).toBe(Date.parse(end))
})
