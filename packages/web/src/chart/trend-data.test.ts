import { describe, expect, it } from 'vitest'
import type { Row, ViewResult } from '../api/types.ts'
import { bucketTotal, stackByKey, stackTokenKinds } from './trend-data.ts'

function trendOf(
  rows: Row[],
  bucket: ViewResult['bucket'] = 'day',
  since = '2026-10-01T00:00:00.000Z',
  until = '2026-10-04T00:00:00.000Z',
): ViewResult {
  return {
    view: 'trend',
    title: 'Trend',
    by: 'feature',
    ...(bucket && { bucket }),
    range: { since, until },
    filters: [],
    currency: 'USD',
    columns: [{ name: 'key', title: 'Feature', type: 'text' }],
    rows,
    totals: {},
    hidden: { rows: 0, cost: '0', calls: 0 },
    quality: { untagged: null, unpriced: { calls: 0 }, estimated: { calls: 0, cost: '0' } },
    revision: '1',
  }
}

const DAY_1 = '2026-10-01T00:00:00.000Z'
const DAY_3 = '2026-10-03T00:00:00.000Z'

describe('stackByKey', () => {
  const trend = stackByKey(
    trendOf([
      { bucket: DAY_1, key: 'cheap', other: false, cost: '0.1' },
      { bucket: DAY_1, key: null, other: false, cost: '7' },
      { bucket: DAY_1, key: null, other: true, cost: '3' },
      { bucket: DAY_1, key: 'dear', other: false, cost: '0.2' },
      { bucket: DAY_3, key: 'dear', other: false, cost: '5' },
    ]),
    'cost',
  )

  it('stacks the dearest first, then all others, and the untagged on top', () => {
    expect(trend.series.map(({ label, colour, key }) => ({ label, colour, key }))).toEqual([
      { label: 'dear', colour: 'series-1', key: 'dear' },
      { label: 'cheap', colour: 'series-2', key: 'cheap' },
      { label: 'all others', colour: 'series-rest', key: undefined },
      { label: 'No feature', colour: 'hatched', key: null },
    ])
  })

  it('has a bucket for each day, the quiet ones too', () => {
    expect(trend.buckets).toEqual([1, 2, 3].map((day) => Date.UTC(2026, 9, day)))
    expect(trend.series[0]!.values).toEqual(['0.2', '0', '5'])
  })

  it('adds a bucket up exactly', () => {
    expect([0, 1, 2].map((index) => bucketTotal(trend, index))).toEqual(['10.3', '0', '5'])
  })

  it('has beside it what the period before cost, of keys that are gone too', () => {
    const result = trendOf([
      { bucket: DAY_1, key: 'dear', other: false, cost: '5', calls: 1, previous_cost: '1.5' },
      { bucket: DAY_1, key: 'gone', other: false, cost: '0', calls: 0, previous_cost: '0.25' },
      { bucket: DAY_3, key: null, other: true, cost: '1', calls: 1, previous_cost: null },
    ])
    const range = { ...result.range, previous_since: '2026-09-28T00:00:00.000Z' }
    const compared = stackByKey({ ...result, range }, 'cost')
    expect(compared.before).toEqual(['1.75', '0', '0'])
    expect(compared.series.map(({ label }) => label)).toEqual(['dear', 'all others'])
    expect(stackByKey({ ...result, range }, 'calls').before).toBeUndefined()
    expect(stackByKey(result, 'cost').before).toBeUndefined()
  })

  it('counts what a clock that is ahead dates after the range with the last bucket', () => {
    const ahead = stackByKey(
      trendOf([
        { bucket: DAY_3, key: 'x', other: false, cost: '5', calls: 1 },
        { bucket: '2026-10-04T00:00:00.000Z', key: 'x', other: false, cost: '0.25', calls: 2 },
        { bucket: '2026-12-04T00:00:00.000Z', key: 'y', other: false, cost: '1', calls: 1 },
      ]),
      'cost',
    )
    expect(ahead.series.map(({ label, values }) => [label, values])).toEqual([
      ['x', ['0', '0', '5.25']],
      ['y', ['0', '0', '1']],
    ])
  })

  it('keeps an unknown cost unknown', () => {
    const unknown = stackByKey(trendOf([{ bucket: DAY_1, key: 'x', other: false, cost: null }]), 'cost')
    expect(unknown.series[0]!.values[0]).toBeNull()
  })

  it.each([
    [
      'week',
      '2026-10-01T00:00:00.000Z',
      '2026-10-13T00:00:00.000Z',
      ['2026-09-28', '2026-10-05', '2026-10-12'],
    ],
    ['month', '2026-09-15T00:00:00.000Z', '2026-11-01T00:00:00.000Z', ['2026-09-01', '2026-10-01']],
    ['hour', '2026-10-01T00:30:00.000Z', '2026-10-01T02:00:00.000Z', ['2026-10-01T00', '2026-10-01T01']],
  ] as const)('begins buckets of a %s where the ledger does', (bucket, since, until, starts) => {
    const { buckets } = stackByKey(trendOf([], bucket, since, until), 'cost')
    expect(buckets.map((start) => new Date(start).toISOString().slice(0, starts[0].length))).toEqual(starts)
  })
})

describe('stackTokenKinds', () => {
  const rows = [
    {
      bucket: DAY_1,
      key: 'a',
      input_tokens: 100,
      cache_read_tokens: 60,
      cache_write_tokens: 10,
      output_tokens: 5,
    },
    {
      bucket: DAY_1,
      key: 'b',
      input_tokens: 50,
      cache_read_tokens: null,
      cache_write_tokens: null,
      output_tokens: 1,
    },
  ]

  it('splits the input so that the kinds add up to all tokens', () => {
    const first = stackTokenKinds(trendOf(rows), true).series.map(({ label, heights }) => [label, heights[0]])
    expect(first).toEqual([
      ['Uncached input', 80],
      ['Cache read', 60],
      ['Cache write', 10],
      ['Output', 6],
    ])
  })

  it('leaves the output out where only the input matters', () => {
    expect(bucketTotal(stackTokenKinds(trendOf(rows), false), 0)).toBe(150)
  })
})
