import type { DuckDBConnection, DuckDBTimestampValue } from '@duckdb/node-api'
import { readSharedColumns } from './business-keys.ts'
import { addCacheLosses } from './cache-losses.ts'
import { formatDecimal } from './decimal.ts'
import { describeTraces } from './describe-traces.ts'
import { dimensionTitle } from './dimensions.ts'
import { LedgerError } from './errors.ts'
import { MEASURES, type Measure, readPercentiles } from './percentiles.ts'
import { readQuality } from './quality.ts'
import { type BoundSql, checkedLimit, type SqlRow, type TimeRange } from './query.ts'
import { chooseBucket, monthsIn } from './time.ts'
import { isByKey, MAX_POINTS, viewRelations, viewStatement } from './view-statement.ts'
import type { ViewQuery, ViewResult } from './view-types.ts'
import { addedColumns, moneyUnits, plain, type Row, totalRow, viewRow } from './view-values.ts'
import { findView } from './views/index.ts'
import type { Column, View } from './views/view.ts'

export interface ViewContext {
  readonly now: Date
  /** The keys that every call should carry. */
  readonly requiredKeys: readonly string[]
}

const PREVIOUS_COLUMNS: readonly Column[] = [
  { name: 'previous_cost', title: 'Before', type: 'money' },
  { name: 'change', title: 'Change', type: 'money' },
  { name: 'change_ratio', title: 'Change %', type: 'ratio' },
]

/** Runs one view. @throws LedgerError `ledger_invalid_query` */
export async function runView(
  connection: DuckDBConnection,
  name: string,
  query: ViewQuery,
  context: ViewContext,
): Promise<ViewResult> {
  const view = findView(name)
  const by = view.by === null ? null : (query.by ?? view.by).replace(/^business\./, '')
  const limit = checkedLimit(query.limit)
  const until = query.until ?? context.now
  checkRange(query)
  checkRank(view, query)
  const previous = previousRange(view, query, until)
  const needsFirst = query.since === undefined || previous !== undefined
  const first = needsFirst ? await firstCall(connection) : undefined
  const since = query.since ?? first
  const bucket = view.name === 'trend' ? (query.bucket ?? chooseBucket(since ?? until, until)) : undefined
  const months = monthsIn(since ?? until, until)
  const { requiredKeys } = context
  const shared = await readSharedColumns(connection)
  const options = { by, limit, bucket, months, requiredKeys, previous, rank: query.rank, shared }
  const ranked = await readRows(connection, viewStatement(view, query, options))
  const relations = viewRelations(view, query, options)
  checkPoints(ranked)
  const found = await completed(connection, view, ranked, relations)
  const compared = previous !== undefined
  const total = gone(view, totals(view, found))
  const rows = (view.name === 'trend' ? found.slice(1) : found).map((row) => gone(view, row))
  const percentiles = await readPercentiles(connection, {
    relations,
    overlapping: view.overlapping === true,
    measures: measuresOf(view),
    keys: rows.map(({ key }) => String(key)),
    allKeys: Number(total.rows),
    calls: Number(total.calls),
  })
  return {
    view: view.name,
    title: by === null ? view.title : `${view.title} by ${dimensionTitle(by).toLowerCase()}`,
    by,
    ...(bucket !== undefined && { bucket }),
    range: {
      since: since?.toISOString() ?? null,
      until: until.toISOString(),
      ...(previous !== undefined && { previous_since: previous.since.toISOString() }),
      ...(previous !== undefined && lacksBeginning(previous, first) && { first_call: first.toISOString() }),
    },
    filters: query.where ?? [],
    currency: 'USD',
    columns: columnsOf(view, by, compared),
    rows: rows.map((row) =>
      Object.assign(
        viewRow(view, row, total, percentiles.get(String(row.key))),
        compared ? change(row) : undefined,
      ),
    ),
    totals: {
      ...totalRow(view, total, percentiles.get(undefined)),
      ...(compared && hasTotalCost(view) && change(total)),
    },
    hidden: hidden(rows, total),
    quality: await readQuality(connection, query, by, shared, knownQuality(view, total)),
  }
}

/** Adds to the rows what can only be read once they are known. */
async function completed(
  connection: DuckDBConnection,
  view: View,
  rows: readonly SqlRow[],
  relations: BoundSql,
): Promise<readonly SqlRow[]> {
  if (view.name === 'traces') return await describeTraces(connection, rows)
  return view.name === 'cache' ? await addCacheLosses(connection, rows, relations) : rows
}

/** Not if a call's cost counts in several rows. */
function hasTotalCost(view: View): boolean {
  return view.columns.some(({ name, noTotal }) => name === 'cost' && noTotal !== true)
}

function measuresOf(view: View): Measure[] {
  return MEASURES.filter((measure) => view.columns.some(({ percentile }) => percentile?.[0] === measure))
}

function checkRange({ since, until }: ViewQuery): void {
  if (since === undefined || until === undefined || since < until) return
  throw new LedgerError(
    'ledger_invalid_query',
    `since ${since.toISOString()} is not before until ${until.toISOString()}`,
  )
}

function checkRank({ name, comparable }: View, { rank, compare }: ViewQuery): void {
  if (rank === undefined) return
  if (!comparable || name === 'trend')
    throw new LedgerError('ledger_invalid_query', `${name} is not ranked by change`)
  if (compare === undefined)
    throw new LedgerError('ledger_invalid_query', 'rank=change needs compare=previous')
}

/** Only a trend can have so many rows. @throws LedgerError `ledger_invalid_query` */
function checkPoints(rows: readonly SqlRow[]): void {
  if (rows.length <= MAX_POINTS) return
  throw new LedgerError(
    'ledger_invalid_query',
    `the trend has more than ${MAX_POINTS} points: ask for a longer bucket, a shorter range or, with limit, fewer lines`,
  )
}

function previousRange(view: View, query: ViewQuery, until: Date): { since: Date; until: Date } | undefined {
  if (query.compare === undefined || !view.comparable) return undefined
  if (query.since === undefined) {
    throw new LedgerError(
      'ledger_invalid_query',
      'compare=previous needs a start: give since, such as 7d or 2026-10-01',
    )
  }
  return { since: new Date(2 * query.since.getTime() - until.getTime()), until: query.since }
}

/**
 * Whether at least a tenth of the period is before the ledger's first call. If less, there may simply have been no
 * calls.
 */
function lacksBeginning({ since, until }: Required<TimeRange>, first: Date | undefined): first is Date {
  return first !== undefined && first.getTime() - since.getTime() >= (until.getTime() - since.getTime()) / 10
}

async function firstCall(connection: DuckDBConnection): Promise<Date | undefined> {
  const [row] = await readRows(connection, {
    // min(started) would read the whole column; this reads only the smallest value of each row group.
    sql: 'SELECT started FROM storage.calls ORDER BY started LIMIT 1',
    values: {},
  })
  if (row === undefined) return undefined
  return new Date(Number((row.started as DuckDBTimestampValue).micros / 1000n))
}

async function readRows(connection: DuckDBConnection, { sql, values }: BoundSql): Promise<SqlRow[]> {
  return (await connection.runAndReadAll(sql, values)).getRowObjects()
}

/** The view's columns, with those of the previous period right after the cost. */
function columnsOf(view: View, by: string | null, compared: boolean): Column[] {
  return view.columns.flatMap(({ name, title, type }) => [
    { name, title: name === 'key' && by !== null ? dimensionTitle(by) : title, type },
    ...(compared && name === 'cost' ? PREVIOUS_COLUMNS : []),
  ])
}

/** The sums over all rows: SQL returns them with every row or, in a trend, as the first row. 0 if there are no rows. */
function totals(view: View, found: readonly SqlRow[]): SqlRow {
  const names = [...addedColumns(view), 'rows', 'previous_cost', 'untagged_calls', 'untagged_cost']
  const [first, second] = found
  const isTrend = view.name === 'trend'
  const nothing = (isTrend ? second : first) === undefined
  return Object.fromEntries(
    names.map((name) => [name, nothing ? 0n : (first![isTrend ? name : `total_${name}`] ?? null)]),
  )
}

/** The quality figures that are in the totals, see quality.ts. */
function knownQuality(view: View, total: SqlRow): SqlRow {
  const { calls, priced_calls, estimated_calls, estimated_cost, untagged_calls, untagged_cost } = total
  return {
    ...((isByKey(view) || view.name === 'trend') && {
      untagged_calls: untagged_calls!,
      untagged_cost: untagged_cost!,
    }),
    ...(priced_calls !== undefined && {
      unpriced_calls: BigInt(calls as bigint) - BigInt(priced_calls as bigint),
    }),
    ...(estimated_calls !== undefined && { estimated_calls, estimated_cost: estimated_cost! }),
  }
}

/** A key that only the previous period has: it had no calls since, at a cost of 0. */
function gone(view: View, row: SqlRow): SqlRow {
  if (row.calls !== null) return row
  return { ...row, ...Object.fromEntries(addedColumns(view).map((name) => [name, 0n])) }
}

function change(row: SqlRow): Row {
  const before = row.previous_cost ?? null
  if (before === null || row.cost === null)
    return { previous_cost: plain('money', before), change: null, change_ratio: null }
  const difference = moneyUnits(row.cost) - moneyUnits(before)
  const units = moneyUnits(before)
  return {
    previous_cost: plain('money', before),
    change: formatDecimal(difference),
    change_ratio: units === 0n ? null : Math.round((Number(difference) / Number(units)) * 1e6) / 1e6,
  }
}

function hidden(rows: readonly SqlRow[], total: SqlRow): ViewResult['hidden'] {
  const count = Number(total.rows) - rows.length
  if (count <= 0) return { rows: 0, cost: '0', calls: 0 }
  const cost = rows.reduce((rest, row) => rest - moneyUnits(row.cost), moneyUnits(total.cost))
  const left = (column: string): number =>
    rows.reduce((rest, row) => rest - Number(row[column]), Number(total[column]))
  const calls = left('calls')
  const isUnknown = calls > 0 && total.priced_calls !== undefined && left('priced_calls') === 0
  return { rows: count, cost: isUnknown ? null : formatDecimal(cost), calls }
}
