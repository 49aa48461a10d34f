import { expect, test } from 'vitest'
import { parseTime } from './time.ts'

const NOW = new Date('2026-11-29T12:00:00Z')

test.each([
  ['7d', '2026-11-22T12:00:00.000Z'],
  ['now', '2026-11-29T12:00:00.000Z'],
  ['2026-10-01', '2026-10-01T00:00:00.000Z'],
  ['2026-10-01T08:00', '2026-10-01T08:00:00.000Z'],
  ['2026-10-25 02:30+01:00', '2026-10-25T01:30:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
])('%s is %s', (text, time) => {
  expect(parseTime(text, NOW).toISOString()).toBe(time)
})

test.each([
  'soon',
  '2026',
  '2026-02-29',
  '2026-02-31T08:00Z',
  '2026-11-31',
  '2026-13-01',
  '2026-10-01T25:00',
])('%s is no time', (text) => {
  expect(() => parseTime(text, NOW)).toThrow(`'${text}' is not a time`)
})
