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
