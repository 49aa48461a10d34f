import type { SharedColumns } from './business-keys.ts'
import { dimensionExpression } from './dimensions.ts'
import { type BoundSql, type Selection, selectionCondition, type TimeRange, timestamp } from './query.ts'
import { sqlFile } from './sql-file.ts'
import type { Bucket } from './time.ts'
import { addedColumns } from './view-values.ts'
import type { View } from './views/view.ts'

export interface StatementOptions {
  readonly by: string | null
  readonly limit: number
  readonly bucket: Bucket | undefined
  /** How many months the range is long, for values that are given per month. */
  readonly months: string
  readonly requiredKeys: readonly string[]
  readonly previous: Required<TimeRange> | undefined
  readonly rank: 'change' | undefined
  readonly shared: SharedColumns
}

/**
 * Completes the SQL of a view. That reads `matching`: the rows of `storage.calls` that are selected, with the dimension
 * grouped by as `key`. Around it go the ranking, the limit, the sums over all rows and the previous period.
 */
export function viewStatement(view: View, selection: Selection, options: StatementOptions): BoundSql {
  if (view.name === 'trend') return trendStatement(view, selection, options)
  const { sql, values } = viewRelations(view, selection, options)
  const relations = [`view_rows AS (WITH ${sql} SELECT * FROM (${viewSql(view, selection, options)}))`]
  if (options.previous !== undefined) {
    const before = { ...selection, ...options.previous }
    const previous = viewRelations(view, before, options, 'previous_')
    Object.assign(values, previous.values)
    relations.push(
      `previous AS (SELECT DISTINCT ${comparedBy(view).join(', ')}, cost AS previous_cost, calls AS previous_calls
        FROM (WITH ${previous.sql} SELECT * FROM (${viewSql(view, before, options, 'previous_')})))`,
    )
  }
  if (view.name === 'traces') values.limit = options.limit
  if (view.name === 'margin') values.months = options.months
  return { sql: `WITH ${relations.join(',\n')}\n${ranked(view, options)}`, values }
}

/** A trend has at most this many points: as JSON some 20 MB, more than anybody looks at. */
export const MAX_POINTS = 100_000

/** Reads both periods at once, as both must show the same keys as lines of their own and the same as `other`. */
function trendStatement(view: View, selection: Selection, options: StatementOptions): BoundSql {
  const { previous, bucket, limit } = options
  const both = { ...selection, ...(previous && { since: previous.since }) }
  const { sql, values } = viewRelations(view, both, options)
  Object.assign(values, { bucket: bucket!, keys: limit })
  const { slot, microseconds } = SLOTS[bucket!]
  const before = previous === undefined ? 'false' : 'started < $range_since'
  const moved = `if(${before}, (epoch_us(started) + $length::BIGINT) // ${microseconds}, ${slot})`
  if (previous !== undefined) {
    const length = BigInt(previous.until.getTime() - previous.since.getTime()) * 1000n
    Object.assign(values, { length, range_since: timestamp(previous.until) })
  }
  const rows = sqlFile('views/trend.sql')
    .replace('{{before}}', before)
    .replace('{{slot}}', previous === undefined ? slot : moved)
    .replace('{{microseconds}}', String(microseconds))
  return {
    sql: `WITH ${sql}\nSELECT * ${previous === undefined ? 'EXCLUDE (previous_cost)' : ''} FROM (${rows})
      ORDER BY bucket NULLS FIRST, other, cost DESC NULLS LAST, key LIMIT ${MAX_POINTS + 1}`,
    values,
  }
}

/** The relations that a view's SQL reads. */
export function viewRelations(
  view: View,
  selection: Selection,
  { by, shared }: Pick<StatementOptions, 'by' | 'shared'>,
  prefix = '',
): BoundSql {
  const { sql: condition, values } = selectionCondition(selection, shared, prefix)
  const key = view.name === 'workflows' ? 'workflow' : by === null ? `''` : dimensionExpression(by, shared)
  const relations = [
    `matching AS NOT MATERIALIZED (SELECT *, ${key} AS key FROM storage.calls WHERE ${condition})`,
  ]
  if (view.name === 'outcomes') {
    relations.push(
      `matching_spans AS NOT MATERIALIZED (SELECT *, ${key} AS key FROM storage.spans WHERE ${condition})`,
    )
  }
  if (view.name === 'traces') relations.push(candidates(selection, shared))
  relations.push(view.name === 'workflows' ? MEMBERSHIPS : CALLS_THEMSELVES)
  return { sql: relations.join(',\n'), values: { ...values } }
}

/** The calls that are measured for a key. */
const CALLS_THEMSELVES = 'measured AS NOT MATERIALIZED (FROM matching)'

/** For a workflow, also the calls of workflows that it called. */
const MEMBERSHIPS = `called AS NOT MATERIALIZED (
  SELECT outside.workflow AS key, false AS own, trace_id, cost, outside.previous_in_run, duration_us, duration_bucket
  FROM (SELECT *, unnest(outer_workflows) AS outside FROM matching WHERE outer_workflows IS NOT NULL)
),
measured AS NOT MATERIALIZED (
  SELECT key, true AS own, trace_id, cost, previous_in_run, duration_us, duration_bucket FROM matching
  UNION ALL FROM called
)`

/** The slots that buckets are made of: an expression for a call's slot, and the slot's length. */
const DAY = { slot: '(hour // 24)::BIGINT', microseconds: 86_400_000_000 }
const SLOTS: Readonly<Record<Bucket, { slot: string; microseconds: number }>> = {
  minute: { slot: 'epoch_us(started) // 60000000', microseconds: 60_000_000 },
  hour: { slot: 'hour::BIGINT', microseconds: 3_600_000_000 },
  day: DAY,
  week: DAY,
  month: DAY,
}

function viewSql(view: View, selection: Selection, options: StatementOptions, prefix = ''): string {
  const sql = sqlFile(`views/${view.name}.sql`)
  if (view.name === 'workflows')
    return sql
      .replaceAll('{{first_calls}}', firstCalls(selection, prefix))
      .replace('{{runs}}', runs(selection))
  if (view.name === 'quality') return sql.replace('{{untagged}}', untagged(options))
  return sql
}

/** The columns that identify a row. */
function rowNames(view: View): string[] {
  return view.columns.filter(({ type }) => type === 'text').map(({ name }) => name)
}

/**
 * The columns by which a row is compared with one of the previous period. All outcomes of a key have the cost of the
 * key.
 */
function comparedBy(view: View): string[] {
  return view.name === 'outcomes' ? ['key'] : rowNames(view)
}

/** Whether each key has exactly one row; calls without a key have one, too. */
export function isByKey(view: View): boolean {
  return view.by !== null && view.name !== 'trend' && view.name !== 'outcomes'
}

/** How much the cost changed, up or down. Without calls, the cost is 0. */
const CHANGE = 'abs(if(calls IS NULL, 0, cost) - previous_cost)'

/** A key without calls in the previous period cost 0 then; one whose calls have no price has an unknown cost. */
const PREVIOUS_TOTAL = `if(count(previous_calls) OVER () = 0, 0,
  sum(previous_cost) FILTER (previous_calls IS NOT NULL) OVER ())`

/** The rows, greatest first, each with the sums over all rows beside it. */
function ranked(view: View, { limit, previous, rank }: StatementOptions): string {
  const names = rowNames(view)
  const compared = comparedBy(view)
  const from =
    previous === undefined
      ? 'FROM view_rows'
      : `FROM (
          SELECT view_rows.* REPLACE (${compared.map((name) => `coalesce(view_rows.${name}, previous.${name}) AS ${name}`).join(', ')}),
            if(previous_calls IS NULL, 0, previous_cost) AS previous_cost, previous_calls
          FROM view_rows FULL JOIN previous
          ON ${compared.map((name) => `view_rows.${name} IS NOT DISTINCT FROM previous.${name}`).join(' AND ')}
        )`
  if (view.name === 'traces') return `SELECT * ${from} ORDER BY cost DESC NULLS LAST, trace_id`
  const sums = addedColumns(view).map((column) => `${sumOf(view, column)} AS total_${column}`)
  if (previous !== undefined) sums.push(`${PREVIOUS_TOTAL} AS total_previous_cost`)
  if (isByKey(view)) {
    sums.push(
      `sum(calls) FILTER (key = '') OVER () AS total_untagged_calls`,
      `sum(cost) FILTER (key = '') OVER () AS total_untagged_cost`,
    )
  }
  // Rows of the same rank are always in the same order.
  const order = [
    `${rank === undefined ? view.rankBy : CHANGE} DESC NULLS LAST`,
    'calls DESC',
    ...names.map((name) => `nullif(${name}, '') NULLS LAST`),
  ]
  return `SELECT *, count(*) OVER () AS total_rows, ${sums.join(', ')} ${from}
    ORDER BY ${order.join(', ')} LIMIT ${limit}`
}

/** If no row has calls that the column is the cost of, the sum is 0; if those calls have no price, it is unknown. */
function sumOf(view: View, column: string): string {
  const calls = view.columns.find(({ name }) => name === column)?.costOf
  return calls === undefined
    ? `sum(${column}) OVER ()`
    : `if(sum(${calls}) OVER () = 0, 0, sum(${column}) FILTER (${calls} > 0) OVER ())`
}

/**
 * Counts calls that are the first of their run in the range. The time of the previous call in the run tells, so no
 * trace id is read.
 */
function firstCalls({ since }: Selection, prefix: string): string {
  const before = since === undefined ? '' : ` OR previous_in_run < $${prefix}since`
  return `count(*) FILTER (WHERE previous_in_run IS NULL${before})`
}

/** The number of runs. A filter may leave out the first call of a run; then traces are counted instead. */
function runs({ where = [] }: Selection): string {
  return where.length > 0
    ? 'SELECT key, count(DISTINCT trace_id) AS runs FROM measured GROUP BY key'
    : 'SELECT key, sum(first_calls) AS runs FROM (FROM own SELECT key, first_calls UNION ALL FROM beneath SELECT key, first_calls) GROUP BY key'
}

function untagged({ requiredKeys, shared }: StatementOptions): string {
  return requiredKeys
    .map(
      (key) => `UNION ALL SELECT 'untagged', '${key.replaceAll("'", "''")}', count(*), sum(cost)
        FROM matching WHERE ${dimensionExpression(key, shared)} = '' HAVING count(*) > 0`,
    )
    .join('\n')
}

/**
 * Each trace that began in the range, with the cost of its matching calls. The total of a whole trace is stored with
 * its first call.
 */
function candidates({ since, until, where = [] }: Selection, shared: SharedColumns): string {
  const began = selectionCondition({ ...(since && { since }), ...(until && { until }) }, shared).sql
  const first = `SELECT trace_id, trace_cost AS cost, trace_calls AS calls, started, trace_minutes
    FROM storage.calls WHERE trace_calls > 0 AND ${began}`
  if (where.length === 0) return `candidates AS NOT MATERIALIZED (${first})`
  const matched = selectionCondition({ ...(since && { since }), where }, shared).sql
  return `candidates AS MATERIALIZED (
    SELECT trace_id, sum(cost) AS cost, count(*) AS calls, min(started) AS started, max(trace_minutes) AS trace_minutes
    FROM storage.calls
    WHERE ${matched}
    GROUP BY trace_id
    ${began === 'true' ? '' : `HAVING trace_id IN (SELECT trace_id FROM (${first}))`}
  )`
}
