import { pino } from 'pino'
import { expect, test } from 'vitest'
import { rateLimited } from './logger.ts'

test('what goes on failing is told ever more rarely, and once it was quiet, at once', () => {
  const lines: { at: number; suppressed?: number }[] = []
  let now = 0
  const stream = { write: (line: string) => void lines.push({ at: now, ...JSON.parse(line) }) }
  const log = rateLimited(pino({ base: null, timestamp: false }, stream), () => now)
  const hour = 3_600_000
  for (; now < hour; now += 1_000) log.warn('down', {}, 'will retry')
  const minutes = lines.map(({ at }) => at / 60_000)
  expect(minutes.slice(0, 5)).toEqual([0, 10 / 60, 30 / 60, 70 / 60, 150 / 60])
  expect(lines.length).toBeLessThan(20)
  const told = lines.reduce((sum, { suppressed = 0 }) => sum + suppressed + 1, 0)
  expect(told).toBeGreaterThan(3_300)

  lines.length = 0
  log.warn('down', {}, 'for another reason')
  expect(lines).toHaveLength(1)

  lines.length = 0
  now = 2 * hour
  for (; now < 2 * hour + 15_000; now += 1_000) log.warn('down', {}, 'will retry')
  expect(lines.map(({ at }) => at - 2 * hour)).toEqual([0, 10_000])
})
