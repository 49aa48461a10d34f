import type { DuckDBValue } from '@duckdb/node-api'
import { dimensionExpression } from './dimensions.ts'
import { type BoundSql, type Selection, selectionCondition } from './query.ts'
import { sqlFile } from './sql-file.ts'
import type { Bucket } from './time.ts'
import { addedColumns } from './view-values.ts'
import type { View } from './views/view.ts'

export interface StatementOptions {
  readonly by: string | null
  readonly limit: number
  readonly bucket: Bucket | undefined
  /** The months in the range, for what is given per month. */
  readonly months: string
  readonly requiredKeys: readonly string[]
  readonly previous: Selection | undefined
}

/**
 * Lays a view's SQL over the calls that match: it reads `matching`, which is `storage.spans` narrowed to what counts, with
 * the asked-for dimension as `key`. Around it stand the ranking, the limit, the sums over all rows and the period before.
 */
export function viewStatement(view: View, selection: Selection, options: StatementOptions): BoundSql {
  const current = selectionCondition(selection)
  const key = options.by === null ? `''` : dimensionExpression(options.by)
  const values: Record<string, DuckDBValue> = { ...current.values }
  const relations = [
    `matching AS NOT MATERIALIZED (SELECT *, ${key} AS key FROM storage.spans WHERE role = 'own' AND ${current.sql})`,
  ]
  if (view.name === 'outcomes') {
    relations.push(
      `matching_spans AS NOT MATERIALIZED (SELECT *, ${key} AS key FROM storage.spans WHERE ${current.sql})`,
    )
  }
  if (view.name === 'traces') relations.push(candidates(selection))
  relations.push(`view_rows AS (${viewSql(view, selection, options)})`)
  if (options.previous !== undefined) {
    const before = selectionCondition({ ...selection, ...options.previous }, 'previous_')
    Object.assign(values, before.values)
    const previousKey = view.name === 'workflows' ? 'workflow' : key
    relations.push(
      `previous AS (SELECT ${previousKey} AS key, sum(cost) AS previous_cost, count(*) AS previous_calls
        FROM storage.spans WHERE role = 'own' AND ${before.sql} GROUP BY ALL)`,
    )
  }
  if (view.name === 'traces') values.limit = options.limit
  if (view.name === 'trend')
    Object.assign(values, { bucket: options.bucket!, slot_us: SLOTS[options.bucket!], keys: options.limit })
  if (view.name === 'margin') values.months = options.months
  return { sql: `WITH ${relations.join(',\n')}\n${ranked(view, options)}`, values }
}

/** The longest whole slots, in microseconds, that a bucket is made of. */
const DAY = 86_400_000_000n
const SLOTS: Readonly<Record<Bucket, bigint>> = {
  minute: 60_000_000n,
  hour: 3_600_000_000n,
  day: DAY,
  week: DAY,
  month: DAY,
}

function viewSql(view: View, selection: Selection, options: StatementOptions): string {
  const sql = sqlFile(`views/${view.name}.sql`)
  if (view.name === 'workflows') return sql.replace('{{runs}}', runs(selection))
  if (view.name === 'cache')
    return sql.replace('{{line}}', ['model', 'feature'].filter((name) => name !== options.by).join(', '))
  if (view.name === 'quality') return sql.replace('{{untagged}}', untagged(options.requiredKeys))
  return sql
}

/** Rows with the sums over all of them beside, the greatest first. */
function ranked(view: View, { limit, previous }: StatementOptions): string {
  const from =
    previous === undefined
      ? 'FROM view_rows'
      : `FROM (
          SELECT view_rows.* REPLACE (coalesce(view_rows.key, previous.key) AS key),
            if(previous_calls IS NULL, 0, previous_cost) AS previous_cost
          FROM view_rows FULL JOIN previous ON view_rows.key = previous.key
        )`
  if (view.name === 'traces') return `SELECT * ${from} ORDER BY cost DESC NULLS LAST, trace_id`
  const added = [...addedColumns(view), ...(previous === undefined ? [] : ['previous_cost'])]
  const sums = added.map((column) => `sum(${column}) OVER () AS total_${column}`)
  // Equal rows keep one order, by what names them.
  const names = view.columns
    .filter(({ type }) => type === 'text')
    .map(({ name }) => `nullif(${name}, '') NULLS LAST`)
  const order =
    view.name === 'trend'
      ? 'bucket, other, cost DESC NULLS LAST, key'
      : [`${view.rankBy} DESC NULLS LAST`, 'calls DESC', ...names].join(', ')
  return `SELECT *, count(*) OVER () AS total_rows, ${sums.join(', ')} ${from}
    ORDER BY ${order} ${view.name === 'trend' ? '' : `LIMIT ${limit}`}`
}

/**
 * Distinct traces. Without filters the call before in the run tells whether this one is the first of its run in the range,
 * so that no trace id need be read.
 */
function runs({ since, where = [] }: Selection): string {
  if (where.length > 0) return 'count(DISTINCT trace_id)'
  return `count(*) FILTER (WHERE previous_in_run IS NULL${since === undefined ? '' : ' OR previous_in_run < $since'})`
}

function untagged(requiredKeys: readonly string[]): string {
  return requiredKeys
    .map(
      (
        key,
      ) => `SELECT 'untagged' AS problem, '${key.replaceAll("'", "''")}' AS detail, count(*) AS calls, sum(cost) AS cost
        FROM matching WHERE ${dimensionExpression(key)} = '' HAVING count(*) > 0`,
    )
    .join(' UNION ALL ')
}

/** Each trace that began in the range, with the cost of its calls that match. The total of a trace stands on its first call. */
function candidates({ since, until, where = [] }: Selection): string {
  const began = selectionCondition({ ...(since && { since }), ...(until && { until }) }).sql
  const first = `SELECT trace_id, trace_cost AS cost, trace_calls AS calls FROM storage.spans WHERE trace_calls IS NOT NULL AND ${began}`
  if (where.length === 0) return `candidates AS NOT MATERIALIZED (${first})`
  const matched = selectionCondition({ ...(since && { since }), where }).sql
  return `candidates AS MATERIALIZED (
    SELECT trace_id, sum(cost) AS cost, count(*) AS calls
    FROM storage.spans
    WHERE role = 'own' AND ${matched}
    GROUP BY trace_id
    HAVING trace_id IN (SELECT trace_id FROM (${first}))
  )`
}
