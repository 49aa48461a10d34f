import { expect, test } from 'vitest'
import { AlertState } from './alert-state.ts'
import type { Finding } from './evaluate-rules.ts'

test('an alert fires after its time also where the clock was set back meanwhile', () => {
  const rule = { name: 'Spike', for: '10m' } as Finding['rule']
  const finding: Finding = { rule, labels: {}, value: 1, condition: '' }
  const state = new AlertState()
  const firing = (time: string) => state.update([finding], new Date(time)).firing.length
  expect(firing('2027-01-01T00:00:00Z')).toBe(0)
  expect(firing('2026-01-01T00:00:00Z')).toBe(0)
  expect(firing('2026-01-01T00:10:00Z')).toBe(1)
})

test('an alert that goes on is told of again after four hours, and not before', () => {
  const rule = { name: 'Exceeded', for: '0m' } as Finding['rule']
  const finding: Finding = { rule, labels: {}, value: 1, condition: '' }
  const state = new AlertState()
  const tell = (time: string): number => {
    const now = new Date(`2026-01-01T${time}:00Z`)
    const changes = state.update([finding], now)
    state.markNotified(changes, now)
    return changes.firing.length
  }
  expect(['00:00', '03:59', '04:00', '07:59', '08:00'].map(tell)).toEqual([1, 0, 1, 0, 1])
})
