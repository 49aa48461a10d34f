import { describe, expect, test } from 'vitest'
import { TopTenants } from './top-tenants.ts'

const minute = 60_000

describe('tenants that never come again', () => {
  test('take no longer the more tenants have places', { timeout: 5_000 }, () => {
    const tenants = new TopTenants(2_000)
    const labels = new Set<string>()
    for (let index = 0; index < 30_000; index++) labels.add(tenants.label(`tenant-${index}`, 0.01, 0))
    expect(labels.size).toBe(2_001)
  })

  test('keep nobody out who spends more than they do together', () => {
    const tenants = new TopTenants(2)
    let now = 0
    tenants.label('acme', 5, now)
    tenants.label('globex', 1, now)
    const labels = []
    for (let index = 0; index < 100; index++) {
      now += minute
      for (let stranger = 0; stranger < 20; stranger++) {
        tenants.label(`${index}-${stranger}`, 0.000_001, now)
        tenants.label('acme', 0.05, now)
      }
      labels.push(tenants.label('initech', 0.1, now))
    }
    expect(labels.at(0)).toBe('other')
    expect(labels.at(-1)).toBe('initech')
    expect(tenants.label('acme', 0, now)).toBe('acme')
    expect(tenants.retired(now + 10 * minute)).toEqual(['globex'])
  })
})

test('a clock that is set back by years keeps nobody out', () => {
  const tenants = new TopTenants(1)
  const later = Date.UTC(2026, 0)
  tenants.label('acme', 1, Date.UTC(2036, 0))
  expect(tenants.label('globex', 0.5, later)).toBe('other')
  expect(tenants.label('acme', 0.1, later)).toBe('acme')
  expect(tenants.label('globex', 4, later + minute)).toBe('globex')
  expect(tenants.retired(later + 11 * minute)).toEqual(['acme'])
})
