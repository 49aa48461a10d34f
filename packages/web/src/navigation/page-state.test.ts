import { describe, expect, it } from 'vitest'
import { DEFAULT_STATE, narrow, type PageState, parseSearch, printSearch, widen } from './page-state.ts'

const FULL: PageState = {
  view: 'cache',
  by: 'tenant',
  since: '2026-10-01',
  until: '2026-11-01',
  where: [
    { key: 'feature', value: 'faq-bot' },
    { key: 'endpoint', value: '/v1/faq:ask?a=b&c' },
    { key: 'tenant', value: null },
  ],
  compare: false,
  measure: 'calls',
  limit: 1000,
  trace: 'a'.repeat(32),
}

describe('page state in the address', () => {
  it('comes back as it went in, with colons, ampersands and missing tags in filters', () => {
    expect(parseSearch(printSearch(FULL))).toEqual(FULL)
  })

  it('of the usual page is empty', () => {
    expect(printSearch(DEFAULT_STATE)).toBe('?')
    expect(parseSearch('')).toEqual(DEFAULT_STATE)
  })

  it('tells "from the first call" from "as usual"', () => {
    expect(parseSearch(printSearch({ ...DEFAULT_STATE, since: '' })).since).toBe('')
  })

  it('ignores what it does not know', () => {
    expect(parseSearch('?view=tarot&measure=mood&limit=-1&where=nonsense')).toEqual(DEFAULT_STATE)
  })
})

describe('an address that contradicts itself', () => {
  it.each([
    ['?view=workflows&by=tenant', 'workflows', 'workflow'],
    ['?view=margin', 'margin', 'tenant'],
    ['?view=drilldown&by=tenant', 'drilldown', 'organization'],
    ['?view=drilldown&by=owner', 'drilldown', 'owner'],
    ['?view=drilldown', 'drilldown', 'feature'],
    ['?view=trace&by=model', 'traces', 'model'],
  ])('%s is of %s by %s, as the clicks on its rows are', (search, view, by) => {
    expect(parseSearch(search)).toEqual({ ...DEFAULT_STATE, view, by })
  })
})

describe('filters', () => {
  it('narrowing a dimension again replaces its value', () => {
    const once = narrow(DEFAULT_STATE, { key: 'feature', value: 'a' })
    expect(narrow(once, { key: 'feature', value: null }).where).toEqual([{ key: 'feature', value: null }])
  })

  it('widening takes away one condition and leaves the others', () => {
    expect(widen(FULL, { key: 'tenant', value: null }).where).toEqual(FULL.where.slice(0, 2))
  })
})
