import {
  type DuckDBConnection,
  DuckDBListValue,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api'
import { type BucketContents, bucketsAt, exactPercentile, type Histogram, percentile } from './histogram.ts'
import type { BoundSql } from './query.ts'

/** The percentiles of a view's columns, in this order. */
const PERCENTILES: readonly number[] = [0.5, 0.95]

/** What has percentiles: the columns `<measure>_us` and `<measure>_bucket`. */
export const MEASURES = ['duration', 'first_chunk'] as const
export type Measure = (typeof MEASURES)[number]

/** p50 and p95 in microseconds by measure; `null` where nothing was measured. */
export type Percentiles = Readonly<Partial<Record<Measure, readonly (number | null)[]>>>

/** Of more calls than this, the values of even a few buckets are too many for a page to wait for. */
const EXACT_CALLS = 1_000_000
/** Keys are found in a list one by one, and numbered in one byte; that pays for a page of them. */
const LISTED_KEYS = 255

export interface PercentileQuery {
  /** Relations of a WITH clause: `matching`, each call under its `key`, and `measured`, where a call may have several. */
  readonly relations: BoundSql
  /** Some calls do have several: those beyond the first are the relation `called`. */
  readonly overlapping: boolean
  readonly measures: readonly Measure[]
  /** The keys of the rows that are shown. */
  readonly keys: readonly string[]
  /** How many calls are measured. */
  readonly calls: number
}

/** By key, and under `undefined` of all calls. */
type ByKey<T> = Map<string | undefined, T>

/**
 * Percentiles by key, and under `undefined` of all calls. Exact for up to a million calls; beyond, they are read off a
 * histogram whose buckets are half a percent wide.
 */
export async function readPercentiles(
  connection: DuckDBConnection,
  query: PercentileQuery,
): Promise<ReadonlyMap<string | undefined, Percentiles>> {
  const { keys, measures, calls } = query
  const found: ByKey<Percentiles> = new Map()
  if (keys.length === 0) return found
  for (const measure of measures) {
    const values =
      keys.length > LISTED_KEYS
        ? await sortedPercentiles(connection, query, measure)
        : await countedPercentiles(connection, query, measure, calls <= EXACT_CALLS)
    for (const [key, percentiles] of values) found.set(key, { ...found.get(key), [measure]: percentiles })
  }
  return found
}

async function read(
  connection: DuckDBConnection,
  { relations, keys }: PercentileQuery,
  select: string,
): Promise<DuckDBValue[][]> {
  const result = await connection.runAndReadAll(
    `WITH ${relations.sql}\n${select}`,
    { ...relations.values, keys: listValue(keys) },
    { keys: LIST(VARCHAR) },
  )
  return result.getRows()
}

async function sortedPercentiles(
  connection: DuckDBConnection,
  query: PercentileQuery,
  measure: Measure,
): Promise<ByKey<(number | null)[]>> {
  const quantiles = `quantile_cont(${measure}_us, [${PERCENTILES.join(', ')}])`
  const rows = await read(
    connection,
    query,
    `SELECT key, ${quantiles} FROM measured SEMI JOIN (SELECT unnest($keys) AS key) USING (key) GROUP BY key
    UNION ALL SELECT NULL, ${quantiles} FROM matching`,
  )
  return new Map(rows.map(([key, list]) => [key === null ? undefined : String(key), listed(list)]))
}

function listed(list: DuckDBValue | undefined): (number | null)[] {
  return list instanceof DuckDBListValue ? list.items.map(Number) : PERCENTILES.map(() => null)
}

async function countedPercentiles(
  connection: DuckDBConnection,
  query: PercentileQuery,
  measure: Measure,
  exact: boolean,
): Promise<ByKey<(number | null)[]>> {
  const histograms = await readHistograms(connection, query, measure)
  const contents = exact ? await readContents(connection, query, measure, histograms) : undefined
  const percentileOf = (key: string | undefined, at: number): number | null => {
    const histogram = histograms.get(key)
    if (histogram === undefined) return null
    return contents === undefined
      ? percentile(histogram, at)
      : exactPercentile(histogram, contents.get(key)!, at)
  }
  return new Map(
    [...query.keys, undefined].map((key) => [key, PERCENTILES.map((at) => percentileOf(key, at))]),
  )
}

/**
 * The place of a key in the list of those that are shown, from 1; 0 for any other. A function of one column is worked out
 * once for each text in DuckDB's own dictionary of it, not for each row.
 */
const POSITION = 'coalesce(list_position($keys, key), 0)::UTINYINT'

async function readHistograms(
  connection: DuckDBConnection,
  query: PercentileQuery,
  measure: Measure,
): Promise<ByKey<Histogram>> {
  const count = (relation: string): Promise<DuckDBValue[][]> =>
    read(
      connection,
      query,
      `SELECT ${POSITION}, ${measure}_bucket, count(*)
      FROM ${relation} WHERE ${measure}_bucket IS NOT NULL GROUP BY ALL`,
    )
  const own = await count('matching')
  const also = query.overlapping ? await count('called') : []
  const histograms: ByKey<Histogram> = new Map()
  const add = (key: string | undefined, bucket: number, calls: number): void => {
    const histogram = histograms.get(key) ?? new Map<number, number>()
    histograms.set(key, histogram.set(bucket, (histogram.get(bucket) ?? 0) + calls))
  }
  for (const [position, bucket, calls] of [...own, ...also]) {
    if (position) add(query.keys[Number(position) - 1]!, Number(bucket), Number(calls))
  }
  for (const [, bucket, calls] of own) add(undefined, Number(bucket), Number(calls))
  return histograms
}

/** What is in the few buckets that the percentiles are in: nothing else has to be sorted to know them exactly. */
async function readContents(
  connection: DuckDBConnection,
  query: PercentileQuery,
  measure: Measure,
  histograms: ByKey<Histogram>,
): Promise<ByKey<BucketContents>> {
  const bucketsOf = (key: string | undefined): number[] => {
    const histogram = histograms.get(key)
    return histogram === undefined ? [] : PERCENTILES.flatMap((at) => bucketsAt(histogram, at))
  }
  const wanted = query.keys.flatMap((key, index) =>
    bucketsOf(key).map((bucket) => `(${index + 1}, ${bucket})`),
  )
  const rows = await read(
    connection,
    query,
    `SELECT position, bucket, value, count(*) FROM (
      FROM (SELECT ${POSITION} AS position, ${measure}_bucket AS bucket, ${measure}_us AS value FROM measured)
      SEMI JOIN (VALUES ${[...wanted, '(NULL, NULL)'].join(', ')}) AS wanted (position, bucket) USING (position, bucket)
      UNION ALL
      SELECT 0, ${measure}_bucket, ${measure}_us FROM matching
      WHERE ${measure}_bucket IN (${[...bucketsOf(undefined), 'NULL'].join(', ')})
    ) GROUP BY ALL ORDER BY value`,
  )
  const contents: ByKey<BucketContents> = new Map()
  for (const [position, ...numbers] of rows) {
    const [bucket, value, count] = numbers.map(Number) as [number, number, number]
    const key = position ? query.keys[Number(position) - 1]! : undefined
    const buckets = contents.get(key) ?? (new Map() as BucketContents)
    contents.set(key, buckets)
    buckets
      .set(bucket, buckets.get(bucket) ?? [])
      .get(bucket)!
      .push([value, count])
  }
  return contents
}
