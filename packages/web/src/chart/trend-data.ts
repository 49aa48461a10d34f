import {
  type Bucket,
  hasPeriodBefore,
  type Money,
  type Row,
  titleOfKey,
  type ViewResult,
} from '../api/types.ts'
import { addMoney, approximateMoney, compareMoney } from '../format/money.ts'
import { formatKey } from '../format/name.ts'
import type { Measure } from '../navigation/page-state.ts'
import { bucketsOf } from './buckets.ts'

/** One layer of the stack. */
interface Series {
  /** The value of the dimension; `undefined` if the layer is not one value (the rest, a kind of token). */
  key?: string | null
  label: string
  /** The CSS class that colours it: `series-1` to `series-8`, `series-rest`, `hatched`. */
  colour: string
  /** For drawing, one per bucket. */
  heights: number[]
  /** For reading, one per bucket: exact. */
  values: (Money | number)[]
}

export interface Trend {
  bucket: Bucket
  /** Starts of the buckets, milliseconds since the epoch. */
  buckets: number[]
  type: 'money' | 'count'
  series: Series[]
  /** The cost of the previous period, one per bucket; `undefined` if it isn't compared. */
  before?: Money[]
}

export const SERIES_COLOURS = 8

interface Buckets {
  bucket: Bucket
  buckets: number[]
  bucketOf: (row: Row) => number | undefined
}

function groupByBucket(result: ViewResult): Buckets {
  const bucket = result.bucket ?? 'day'
  const buckets = bucketsOf(result, bucket)
  const at = new Map(buckets.map((start, index) => [start, index]))
  const last = buckets.length - 1
  return {
    bucket,
    buckets,
    bucketOf(row) {
      const start = Date.parse(String(row.bucket))
      // By a clock that is ahead. The totals include such calls, so the last bucket does, too.
      return start > buckets[last]! ? last : at.get(start)
    },
  }
}

function plus(sum: Money | number | undefined, value: Money | number): Money | number {
  if (sum === undefined || sum === null) return value
  if (value === null) return sum
  return typeof sum === 'number' ? sum + Number(value) : addMoney(sum, String(value))
}

/**
 * Stacks a measure by the values of the dimension: the most expensive at the bottom, then the rest, then the untagged.
 */
export function stackByKey(result: ViewResult, measure: Measure): Trend {
  const { bucket, buckets, bucketOf } = groupByBucket(result)
  const layers = new Map<string, { rows: Row[]; cost: string }>()
  // A key that only the previous period has gets no layer.
  for (const row of result.rows.filter(({ calls }) => calls !== 0)) {
    const id = row.other ? 'other' : row.key === null ? 'untagged' : `key:${row.key}`
    const layer = layers.get(id) ?? { rows: [], cost: '0' }
    layer.rows.push(row)
    layer.cost = addMoney(layer.cost, String(row.cost ?? '0'))
    layers.set(id, layer)
  }
  const dimension = titleOfKey(result)
  const isNamed = (id: string): boolean => id.startsWith('key:')
  const named = [...layers.keys()].filter(isNamed)
  named.sort((a, b) => compareMoney(layers.get(b)!.cost, layers.get(a)!.cost) || (a < b ? -1 : 1))
  const rest = ['other', 'untagged'].filter((id) => layers.has(id))
  const series = [...named, ...rest].map((id, rank): Series => {
    const sums = new Map<number | undefined, Money | number>()
    for (const row of layers.get(id)!.rows) {
      const index = bucketOf(row)
      sums.set(index, plus(sums.get(index), (row[measure] ?? null) as Money | number))
    }
    const values = buckets.map((_, index) => {
      const sum = sums.get(index)
      return sum === undefined ? (measure === 'cost' ? '0' : 0) : sum
    })
    return {
      ...describe(id, rank, dimension),
      values,
      heights: values.map((value) => approximateMoney(value as Money)),
    }
  })
  return {
    bucket,
    buckets,
    type: measure === 'cost' ? 'money' : 'count',
    series,
    ...(measure === 'cost' && hasPeriodBefore(result) && { before: before(result, buckets, bucketOf) }),
  }
}

function before({ rows }: ViewResult, buckets: number[], bucketOf: Buckets['bucketOf']): Money[] {
  const sums: Money[] = buckets.map(() => '0')
  for (const row of rows) {
    const { previous_cost } = row
    const index = bucketOf(row)
    if (index === undefined || typeof previous_cost !== 'string') continue
    sums[index] = addMoney(String(sums[index]), previous_cost)
  }
  return sums
}

function describe(id: string, rank: number, dimension: string): Pick<Series, 'key' | 'label' | 'colour'> {
  if (id === 'other') return { label: 'all others', colour: 'series-rest' }
  if (id === 'untagged') return { key: null, label: formatKey(null, dimension), colour: 'hatched' }
  const key = id.slice('key:'.length)
  return { key, label: formatKey(key, dimension), colour: seriesColour(rank) }
}

/** The colour of the nth most expensive value: the same in the bars, the strip and the chart. */
export function seriesColour(rank: number): string {
  return rank < SERIES_COLOURS ? `series-${rank + 1}` : 'series-rest'
}

/** Token kinds that add up to all tokens: input is counted with what was read from and written to the cache. */
const TOKEN_KINDS: readonly { label: string; colour: string; count: (row: Row) => number }[] = [
  { label: 'Uncached input', colour: 'series-1', count: uncachedInput },
  { label: 'Cache read', colour: 'series-5', count: (row) => Number(row.cache_read_tokens ?? 0) },
  { label: 'Cache write', colour: 'series-3', count: (row) => Number(row.cache_write_tokens ?? 0) },
  { label: 'Output', colour: 'series-2', count: (row) => Number(row.output_tokens ?? 0) },
]

export function uncachedInput(row: Row): number {
  const cached = Number(row.cache_read_tokens ?? 0) + Number(row.cache_write_tokens ?? 0)
  return Math.max(0, Number(row.input_tokens ?? 0) - cached)
}

/** Stacks tokens by their kind, over all values of the dimension. The output is on top, or left out. */
export function stackTokenKinds(result: ViewResult, withOutput: boolean): Trend {
  const { bucket, buckets, bucketOf } = groupByBucket(result)
  const kinds = withOutput ? TOKEN_KINDS : TOKEN_KINDS.slice(0, -1)
  const series = kinds.map(({ label, colour, count }): Series => {
    const heights = buckets.map(() => 0)
    for (const row of result.rows) {
      const index = bucketOf(row)
      if (index !== undefined) heights[index]! += count(row)
    }
    return { label, colour, heights, values: heights }
  })
  return { bucket, buckets, type: 'count', series }
}

/** Whether there is nothing to draw, as everything is zero or unknown. */
export function isFlat({ series, before = [] }: Trend): boolean {
  return ![...series.flatMap(({ heights }) => heights), ...before.map(approximateMoney)].some(
    (height) => height > 0,
  )
}

/** The height of the whole stack in one bucket, exact. */
export function bucketTotal({ series, type }: Trend, index: number): Money | number {
  if (type === 'count') return series.reduce((sum, { heights }) => sum + heights[index]!, 0)
  return series.reduce((sum, { values }) => addMoney(sum, String(values[index] ?? '0')), '0')
}
