import { expect, onTestFinished, test, vi } from 'vitest'
import { ancestor, call, type PlantedSpan } from './span.ts'
import { temporaryLedger } from './temporary-ledger.ts'

const DAY = 86_400_000
const MINUTE = 60_000
const NOW = Date.parse('2026-10-01T12:00:00Z')

test('what started longer ago than the retention is forgotten, calls and what stands above them, at most once an hour', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  onTestFinished(() => void vi.useRealTimers())
  const at = (age: number): PlantedSpan => ({ at: new Date(NOW - age).toISOString() })
  const ledger = await temporaryLedger(
    [
      call({ ...at(DAY + 1), span: 1, cost: '1' }),
      ancestor({ ...at(DAY + 1), span: 2 }),
      call({ ...at(DAY), span: 3, cost: '2' }),
      ancestor({ ...at(DAY), span: 4 }),
      call({ ...at(DAY - 59 * MINUTE), span: 5, cost: '4' }),
    ],
    { retention: DAY },
  )
  const kept = async (minutes: number): Promise<unknown[]> => {
    vi.setSystemTime(NOW + minutes * MINUTE)
    await ledger.append([])
    const { rows } = await ledger.sql('SELECT span_id FROM spans ORDER BY span_id')
    return rows.map(({ span_id }) => Number(span_id))
  }
  expect(await kept(0)).toEqual([3, 4, 5])
  expect(await kept(59.9)).toEqual([3, 4, 5])
  expect(await kept(60)).toEqual([])
  expect(await ledger.total()).toEqual({ cost: '0', calls: 0, unpriced_calls: 0 })
})

test('without a retention nothing is forgotten', async () => {
  const ledger = await temporaryLedger([call({ at: '1980-01-01T00:00:00Z', cost: '1' })])
  expect(await ledger.total()).toEqual({ cost: '1', calls: 1, unpriced_calls: 0 })
})
