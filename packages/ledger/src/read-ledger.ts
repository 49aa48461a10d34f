import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import { readSharedColumns } from './business-keys.ts'
import { formatDecimal } from './decimal.ts'
import { BUSINESS_KEY, DIMENSIONS, type Dimension, dimensionExpression } from './dimensions.ts'
import { LedgerError } from './errors.ts'
import { checkedLimit, type Selection, selectionCondition } from './query.ts'
import { type CellValue, moneyUnits, plain, type Row } from './view-values.ts'
import type { ColumnType } from './views/view.ts'

export interface Total {
  /** `null`: there were calls, and none had a price. */
  readonly cost: string | null
  readonly calls: number
  readonly unpriced_calls: number
}

/** What the calls of a selection cost. */
export async function readTotal(connection: DuckDBConnection, selection: Selection): Promise<Total> {
  const { sql, values } = selectionCondition(selection, await readSharedColumns(connection))
  const result = await connection.runAndReadAll(
    `SELECT sum(cost) AS cost, count(*) AS calls, count(*) - count(cost) AS unpriced_calls
     FROM storage.calls WHERE ${sql}`,
    values,
  )
  const row = result.getRowObjects()[0]!
  const calls = Number(row.calls)
  const cost = calls === 0 ? '0' : (plain('money', row.cost) as string | null)
  return { cost, calls, unpriced_calls: Number(row.unpriced_calls) }
}

export interface LedgerContents {
  readonly calls: number
  readonly first_call: string | null
  readonly last_call: string | null
}

export async function readContents(connection: DuckDBConnection): Promise<LedgerContents> {
  const result = await connection.runAndReadAll(
    // min and max would read the whole column; this reads only the smallest and greatest value of each row group.
    `SELECT
      (SELECT count(*) FROM storage.calls) AS calls,
      (SELECT started FROM storage.calls ORDER BY started LIMIT 1) AS first,
      (SELECT started FROM storage.calls ORDER BY started DESC LIMIT 1) AS last`,
  )
  const row = result.getRowObjects()[0]!
  const time = (value: DuckDBValue | undefined): string | null => plain('time', value) as string | null
  return { calls: Number(row.calls), first_call: time(row.first), last_call: time(row.last) }
}

/** The dimensions every ledger has, and the further business keys in this one that can be grouped by. */
export async function readDimensions(connection: DuckDBConnection): Promise<Dimension[]> {
  const result = await connection.runAndReadAll(
    `SELECT DISTINCT unnest(json_keys(business)) AS name
     FROM (SELECT DISTINCT business FROM storage.spans WHERE business IS NOT NULL) ORDER BY name`,
  )
  const others = result
    .getRowObjects()
    .map(({ name }) => String(name))
    .filter((name) => BUSINESS_KEY.test(name) && !DIMENSIONS.some((dimension) => dimension.name === name))
  return [...DIMENSIONS, ...others.map((name) => ({ name, title: name, kind: 'business' as const }))]
}

export interface DimensionValue {
  readonly value: string | null
  readonly calls: number
  readonly cost: string | null
}

export interface ValueQuery extends Selection {
  /** Only values that contain this, ignoring case; calls without a value are always listed. */
  readonly search?: string
  /** 100 where left out. */
  readonly limit?: number
}

export async function readDimensionValues(
  connection: DuckDBConnection,
  name: string,
  { search = '', limit, ...selection }: ValueQuery,
): Promise<DimensionValue[]> {
  const shared = await readSharedColumns(connection)
  const { sql, values } = selectionCondition(selection, shared)
  const found =
    search === '' ? 'true' : `(value IS NULL OR value = '' OR contains(lower(value), lower($search)))`
  const result = await connection.runAndReadAll(
    `FROM (
       SELECT ${dimensionExpression(name, shared)} AS value, count(*) AS calls, sum(cost) AS cost
       FROM storage.calls WHERE ${sql} GROUP BY ALL
     ) WHERE ${found} ORDER BY cost DESC NULLS LAST, calls DESC, value LIMIT ${checkedLimit(limit)}`,
    search === '' ? values : { ...values, search },
  )
  return result.getRowObjects().map(({ value, calls, cost }) => ({
    value: (value as string) || null,
    calls: Number(calls),
    cost: plain('money', cost) as string | null,
  }))
}

/** The columns of the SQL macro `trace_costs` that are not plain text. */
const TRACE_COLUMNS: Readonly<Record<string, ColumnType>> = {
  depth: 'count',
  started: 'time',
  duration_ms: 'milliseconds',
  cost: 'money',
  inclusive_cost: 'money',
  inclusive_calls: 'count',
}

export interface Trace {
  readonly cost: string | null
  readonly calls: number
  /** Depth first. */
  readonly spans: readonly Row[]
}

/** One trace with own and inclusive cost; `undefined` where there is none. */
export async function readTrace(connection: DuckDBConnection, traceId: string): Promise<Trace | undefined> {
  if (!/^[0-9a-f]{32}$/.test(traceId)) {
    throw new LedgerError(
      'ledger_invalid_query',
      `'${traceId}' is not a trace id: give 32 lower-case hex digits`,
    )
  }
  const result = await connection.runAndReadAll(`SELECT * FROM trace_costs('${traceId}')`)
  const rows = result.getRowObjects()
  if (rows.length === 0) return undefined
  const counted = rows.filter(({ role }) => role === 'own')
  const priced = counted.filter(({ cost }) => cost !== null)
  return {
    cost:
      priced.length === 0
        ? null
        : formatDecimal(priced.reduce((sum, { cost }) => sum + moneyUnits(cost), 0n)),
    calls: counted.length,
    spans: rows.map(traceSpan),
  }
}

function traceSpan(row: Record<string, DuckDBValue>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]): [string, CellValue] => [
      name,
      plain(TRACE_COLUMNS[name] ?? 'text', value),
    ]),
  )
}
