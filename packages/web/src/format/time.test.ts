import { describe, expect, it } from 'vitest'
import {
  formatBucket,
  formatEnd,
  formatLength,
  formatMoment,
  formatPoint,
  formatRange,
  parsePoint,
} from './time.ts'

const NOW = new Date('2026-11-29T12:00:00Z')

describe('times, always UTC', () => {
  it.each([
    ['2026-11-01T00:00:00.000Z', '1 Oct 2026 – 31 Oct 2026'],
    ['2026-10-02T00:00:00.000Z', '1 Oct 2026'],
  ])('a range in whole days, up to %s, is named by its first and its last', (until, printed) => {
    expect(formatRange('2026-10-01T00:00:00.000Z', until)).toBe(printed)
  })

  it('the end of a range is a moment, or the whole day before a midnight', () => {
    const ends = ['2026-11-01', '2026-11-01T08:00Z', '2026-01-01']
    expect(ends.map((end) => formatEnd(parsePoint(end), NOW))).toEqual([
      '31 Oct',
      '1 Nov, 08:00',
      '31 Dec 2025',
    ])
  })

  it('any other range by its times', () => {
    expect(formatRange('2026-10-01T08:30:00.000Z', '2026-10-01T09:30:00.000Z', NOW)).toBe(
      '1 Oct, 08:30 – 1 Oct, 09:30',
    )
  })

  it.each([
    ['2026-10-01T00:00:00Z', '2026-10-01T01:00:00Z', '60 minutes'],
    ['2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z', '24 hours'],
    ['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', '31 days'],
  ])('from %s to %s are %s', (since, until, length) => {
    expect(formatLength(since, until)).toBe(length)
  })

  it('a moment reads as British English has it, in every month', () => {
    const british = new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'UTC',
    })
    const moments = Array.from(
      { length: 12 },
      (_, month) => new Date(Date.UTC(2026, month, 3 + month, month, 7)),
    )
    expect(moments.map((moment) => formatMoment(moment.toISOString(), NOW))).toEqual(
      moments.map((moment) => british.format(moment)),
    )
  })

  it('of another year says so', () => {
    const start = Date.UTC(2025, 11, 4)
    expect(formatRange('2025-12-04T13:48:00.000Z', '2026-11-29T13:48:00.000Z', NOW)).toBe(
      '4 Dec 2025, 13:48 – 29 Nov, 13:48',
    )
    expect(formatMoment('2024-02-29T08:00:00Z', NOW)).toBe('29 Feb 2024, 08:00')
    expect(formatBucket(start, 'week', NOW)).toBe('4 Dec 2025')
  })

  it.each([
    ['2026-10-01', '1 Oct'],
    ['2026-10-01T08:00', '1 Oct, 08:00'],
    ['2025-10-01T08:00+02:00', '1 Oct 2025, 06:00'],
  ])('the point %s is UTC where it names no offset', (text, point) => {
    expect(formatPoint(parsePoint(text), NOW)).toBe(point)
  })

  it('a length of time is no point', () => {
    expect(parsePoint('7d')).toBeNaN()
  })

  it('a bucket of a day has no time of day', () => {
    const start = Date.UTC(2026, 9, 9, 14)
    expect([formatBucket(start, 'hour', NOW), formatBucket(start, 'day', NOW)]).toEqual([
      '9 Oct, 14:00',
      '9 Oct',
    ])
  })
})
