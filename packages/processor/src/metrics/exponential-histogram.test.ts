import { describe, expect, it } from 'vitest'
import { ExponentialHistogram } from './exponential-histogram.ts'

describe('ExponentialHistogram', () => {
  it('puts a power of two into the bucket whose upper bound it is', () => {
    const histogram = new ExponentialHistogram()
    histogram.record(1)
    histogram.record(1.01)
    expect(histogram.buckets()).toEqual({ offset: -1, counts: [1, 1] })
    expect(histogram.scale).toBe(3)
  })

  it('halves its resolution when values lie too far apart for 160 buckets', () => {
    const histogram = new ExponentialHistogram()
    for (const value of [1e-9, 1e-3, 1, 1e6]) histogram.record(value)
    const { offset, counts } = histogram.buckets()
    expect(histogram.scale).toBe(1)
    expect(counts.length).toBeLessThanOrEqual(160)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4)
    const base = 2 ** (2 ** -histogram.scale)
    expect(base ** offset).toBeLessThan(1e-9)
    expect(base ** (offset + counts.length)).toBeGreaterThanOrEqual(1e6)
  })

  it('has every value in the bucket of its last scale, in whatever order they came', () => {
    const values = Array.from({ length: 500 }, (_, i) => 1.37 ** (((i * 211) % 500) - 200))
    const histogram = new ExponentialHistogram()
    const expected = new Map<number, number>()
    for (const value of values) histogram.record(value)
    for (const value of values) {
      const bucket = Math.ceil(Math.log2(value) * 2 ** histogram.scale) - 1
      expected.set(bucket, (expected.get(bucket) ?? 0) + 1)
    }
    const { offset, counts } = histogram.buckets()
    const counted = counts.flatMap((count, i) => (count === 0 ? [] : [[offset + i, count] as const]))
    expect(new Map(counted)).toEqual(expected)
  })

  it('counts free calls apart', () => {
    const histogram = new ExponentialHistogram()
    histogram.record(0)
    expect([histogram.zeroCount, histogram.buckets()]).toEqual([1, { offset: 0, counts: [] }])
  })
})
