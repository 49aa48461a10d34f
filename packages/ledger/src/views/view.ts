import type { Measure } from '../percentiles.ts'

/** How a column is printed. `ratio`: 1 is 100 %. */
export type ColumnType = 'text' | 'money' | 'count' | 'ratio' | 'milliseconds' | 'number' | 'time' | 'flag'

export interface Column {
  readonly name: string
  readonly title: string
  readonly type: ColumnType
}

/**
 * Where a column's value comes from. Without any of these: the column of the same name in the SQL, added up for the total.
 */
export interface ViewColumn extends Column {
  /** A quotient of two SQL columns, for rows and totals alike. */
  readonly quotient?: readonly [dividend: string, divisor: string]
  /** The part of the total of this SQL column. */
  readonly shareOf?: string
  /** A column of microseconds. */
  readonly microseconds?: string
  /** Which percentile of a measure, see percentiles.ts. */
  readonly percentile?: readonly [measure: Measure, index: number]
  /** The SQL column that counts the calls of which this is the cost: 0 where there are none, unknown where none has a price. */
  readonly costOf?: string
  /** Means nothing for the whole. */
  readonly noTotal?: boolean
}

export interface View {
  /** Also the file: `sql/views/<name>.sql`. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** The dimension when none is asked for; `null` where the view takes none. */
  readonly by: string | null
  readonly columns: readonly ViewColumn[]
  /** SQL columns that only quotients and totals need. */
  readonly auxiliary?: readonly string[]
  /** What ranks the rows, the greatest first. */
  readonly rankBy: string
  /** Compares with the period before by `cost`. */
  readonly comparable: boolean
  /** A call may stand in several rows. */
  readonly overlapping?: boolean
}
