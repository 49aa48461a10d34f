import { DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api'
import type { SharedColumns } from './business-keys.ts'
import { dimensionExpression } from './dimensions.ts'
import { LedgerError } from './errors.ts'

/** Only calls whose dimension has this value, or none if `null`. */
export interface Filter {
  readonly key: string
  readonly value: string | null
}

export interface TimeRange {
  /** Inclusive; left out, from the first call. */
  readonly since?: Date
  /** Exclusive; without it there is no end, so that a client's clock that is ahead hides nothing. */
  readonly until?: Date
}

export interface Selection extends TimeRange {
  /** Filters on the same key are alternatives; different keys must all match. */
  readonly where?: readonly Filter[]
}

/** A row of an answer, by column. */
export type SqlRow = Record<string, DuckDBValue>

/** A piece of SQL with the values it binds. */
export interface BoundSql {
  readonly sql: string
  readonly values: Record<string, DuckDBValue>
}

/** The condition over `storage.calls` that a selection means. Names of parameters begin with `prefix`. */
export function selectionCondition(selection: Selection, shared: SharedColumns, prefix = ''): BoundSql {
  const values: Record<string, DuckDBValue> = {}
  const conditions: string[] = []
  const bind = (name: string, value: DuckDBValue): string => {
    values[prefix + name] = value
    return `$${prefix}${name}`
  }
  if (selection.since !== undefined)
    conditions.push(`started >= ${bind('since', timestamp(selection.since))}`)
  if (selection.until !== undefined) conditions.push(`started < ${bind('until', timestamp(selection.until))}`)
  let count = 0
  for (const [key, filters] of Map.groupBy(selection.where ?? [], (filter) => filter.key)) {
    const expression = dimensionExpression(key, shared)
    const alternatives = filters.map(({ value }) =>
      value === null
        ? `coalesce(${expression}, '') = ''`
        : `${expression} = ${bind(`where_${count++}`, value)}`,
    )
    conditions.push(`(${alternatives.join(' OR ')})`)
  }
  return { sql: conditions.length === 0 ? 'true' : conditions.join(' AND '), values }
}

/** How many rows are asked for. @throws LedgerError `ledger_invalid_query` */
export function checkedLimit(limit = 100): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 10_000) return limit
  throw new LedgerError('ledger_invalid_query', `limit is ${limit}: give a whole number from 1 to 10000`)
}

export function timestamp(date: Date): DuckDBTimestampValue {
  return new DuckDBTimestampValue(BigInt(date.getTime()) * 1000n)
}
