import { expect, test } from 'vitest'
import {
  type BucketContents,
  bucketOf,
  bucketsAt,
  exactPercentile,
  type Histogram,
  percentile,
} from './histogram.ts'

const durations = Array.from({ length: 5000 }, (_, index) => Math.round(1000 * 1.002 ** index))

function histogramOf(values: readonly number[]): Histogram {
  const histogram: Histogram = new Map()
  for (const value of values) histogram.set(bucketOf(value), (histogram.get(bucketOf(value)) ?? 0) + 1)
  return histogram
}

test('a percentile read off the histogram alone is within half a percent', () => {
  const histogram = histogramOf(durations)
  for (const at of [0, 0.01, 0.5, 0.95, 0.99, 1]) {
    const exact = durations[Math.round(at * (durations.length - 1))]!
    expect(Math.abs(percentile(histogram, at) / exact - 1)).toBeLessThan(0.0055)
  }
})

test.each([
  { values: [5], at: 0.95, exact: 5 },
  { values: [1000, 2000, 3000], at: 0.5, exact: 2000 },
  { values: [1000, 2000, 3000], at: 0.95, exact: 2900 },
  { values: [7, 7, 7, 7, 100_000], at: 0.5, exact: 7 },
  { values: [1_000_000, 1_000_001, 1_000_002, 1_000_003], at: 0.5, exact: 1_000_001.5 },
])('percentile $at of $values is $exact by the contents of its buckets', ({ values, at, exact }) => {
  const histogram = histogramOf(values)
  const contents: BucketContents = new Map(
    bucketsAt(histogram, at).map((bucket) => [
      bucket,
      values.filter((value) => bucketOf(value) === bucket).map((value) => [value, 1]),
    ]),
  )
  expect(exactPercentile(histogram, contents, at)).toBeCloseTo(exact, 6)
})

test.each([0, -5, 1, 2, 3_600_000_000, Number.MAX_SAFE_INTEGER])('%d µs has a bucket', (microseconds) => {
  const bucket = bucketOf(microseconds)
  expect(bucket).toBeGreaterThanOrEqual(0)
  expect(bucket).toBeLessThan(2 ** 16)
})
