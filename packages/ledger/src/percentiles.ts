import {
  type DuckDBConnection,
  DuckDBListValue,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api'
import type { BoundSql } from './query.ts'

/** The percentiles of a view's columns, in this order. */
const PERCENTILES: readonly number[] = [0.5, 0.95]

/** What has percentiles: the columns `<measure>_us` and `<measure>_bucket`. */
export const MEASURES = ['duration', 'first_chunk'] as const
export type Measure = (typeof MEASURES)[number]

/** p50 and p95 in microseconds by measure; `null` where nothing was measured. */
export type Percentiles = Readonly<Partial<Record<Measure, readonly (number | null)[]>>>

/** Sorting more values than this takes longer than a page should wait for. */
const EXACT_CALLS = 1_000_000
/** With up to this many keys shown, their positions fit in one byte. */
const BUCKETED_KEYS = 255
/** With more keys than this in total, DuckDB keeps no dictionary by which to find one. */
const DICTIONARY_KEYS = 20_000

/**
 * A bucket ends one percent above its start, which is how far off a percentile of very many calls may be. Buckets of up
 * to an hour take eleven bits, which with nine for a key's position is just what DuckDB groups in an array, see
 * database.ts.
 */
const BUCKETS_PER_OCTAVE = 64

/** The bucket of what has no duration. */
const NOT_MEASURED = 0

/** The bucket of a duration in a histogram, on a logarithmic scale beginning at 1. */
export function bucketOf(microseconds: number | undefined): number {
  return microseconds === undefined
    ? NOT_MEASURED
    : 1 + Math.floor(Math.log2(Math.max(microseconds, 1)) * BUCKETS_PER_OCTAVE)
}

export interface PercentileQuery {
  /** Relations of a WITH clause: `matching`, each call under its `key`, and `measured`, where a call may have several. */
  readonly relations: BoundSql
  /** Whether calls have several keys: those beyond the first are in the relation `called`. */
  readonly overlapping: boolean
  readonly measures: readonly Measure[]
  /** The keys of the rows that are shown. */
  readonly keys: readonly string[]
  /** How many keys there are, shown or not. */
  readonly allKeys: number
  /** How many calls are measured. */
  readonly calls: number
}

/**
 * Percentiles by key, and under `undefined` of all calls. Exact for up to a million calls; beyond, they are read off a
 * histogram whose buckets are one percent wide.
 */
export async function readPercentiles(
  connection: DuckDBConnection,
  query: PercentileQuery,
): Promise<ReadonlyMap<string | undefined, Percentiles>> {
  const { keys, calls } = query
  if (keys.length === 0 || query.measures.length === 0) return new Map()
  return calls <= EXACT_CALLS || keys.length > BUCKETED_KEYS
    ? await exactPercentiles(connection, query)
    : await bucketedPercentiles(connection, query)
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

async function exactPercentiles(
  connection: DuckDBConnection,
  query: PercentileQuery,
): Promise<Map<string | undefined, Percentiles>> {
  const quantiles = query.measures
    .map((measure) => `quantile_cont(${measure}_us, [${PERCENTILES.join(', ')}])`)
    .join(', ')
  const select =
    query.overlapping || query.keys.length > BUCKETED_KEYS
      ? `SELECT key, ${quantiles} FROM measured SEMI JOIN (SELECT unnest($keys) AS key) USING (key) GROUP BY key
        UNION ALL SELECT NULL, ${quantiles} FROM matching`
      : `SELECT $keys[position], ${quantiles}
        FROM (${positioned('matching', query)})
        GROUP BY GROUPING SETS ((position), ()) HAVING position IS DISTINCT FROM 0`
  const rows = await read(connection, query, select)
  return new Map(
    rows.map(([key, ...lists]) => [
      key === null ? undefined : String(key),
      Object.fromEntries(query.measures.map((measure, index) => [measure, listed(lists[index])])),
    ]),
  )
}

/** A relation with the `position` of each key among those shown; 0 for all others. */
function positioned(relation: string, { allKeys }: PercentileQuery): string {
  // DuckDB evaluates a function of one column once for each entry of the column's dictionary, not for each row.
  if (allKeys <= DICTIONARY_KEYS)
    return `SELECT *, greatest(list_position($keys, key), 0) AS position FROM ${relation}`
  return `SELECT ${relation}.*, coalesce(position, 0) AS position FROM ${relation}
    LEFT JOIN (SELECT unnest($keys) AS key, generate_subscripts($keys, 1) AS position) USING (key)`
}

function listed(list: DuckDBValue | undefined): (number | null)[] {
  return list instanceof DuckDBListValue ? list.items.map(Number) : PERCENTILES.map(() => null)
}

/** The number of values in each bucket. */
type Histogram = Map<number, number>

async function bucketedPercentiles(
  connection: DuckDBConnection,
  query: PercentileQuery,
): Promise<Map<string | undefined, Percentiles>> {
  const found = new Map<string | undefined, Partial<Record<Measure, (number | null)[]>>>()
  for (const measure of query.measures) {
    // Unmeasured calls are skipped in `add`, not in SQL: without a filter and without NULLs, counting is twice as fast.
    const count = (relation: string): Promise<DuckDBValue[][]> =>
      read(
        connection,
        query,
        `SELECT position::UTINYINT, ${measure}_bucket, count(*) FROM (${positioned(relation, query)}) GROUP BY ALL`,
      )
    const own = await count('matching')
    const also = query.overlapping ? await count('called') : []
    const histograms = new Map<string | undefined, Histogram>()
    const add = (key: string | undefined, bucket: number, count: number): void => {
      if (bucket === NOT_MEASURED) return
      const histogram = histograms.get(key) ?? new Map<number, number>()
      histograms.set(key, histogram.set(bucket, (histogram.get(bucket) ?? 0) + count))
    }
    for (const [position, bucket, calls] of [...own, ...also]) {
      if (position !== 0) add(query.keys[Number(position) - 1]!, Number(bucket), Number(calls))
    }
    for (const [, bucket, calls] of own) add(undefined, Number(bucket), Number(calls))
    for (const key of [...query.keys, undefined]) {
      const histogram = histograms.get(key)
      const percentiles = PERCENTILES.map((at) =>
        histogram === undefined ? null : percentile(histogram, at),
      )
      found.set(key, { ...found.get(key), [measure]: percentiles })
    }
  }
  return found
}

/** The value at a rank between 0 and 1: values are assumed to be spread evenly within their bucket. */
export function percentile(histogram: Histogram, at: number): number {
  const buckets = [...histogram].sort(([one], [other]) => one - other)
  const last = buckets.reduce((sum, [, count]) => sum + count, 0) - 1
  const rank = at * last
  let before = 0
  for (const [bucket, count] of buckets) {
    if (rank < before + count || before + count > last) {
      const within = Math.min((rank - before + 0.5) / count, 1)
      return Math.round(2 ** ((bucket - 1 + within) / BUCKETS_PER_OCTAVE))
    }
    before += count
  }
  return 0
}
