import type { Measure } from '../percentiles.ts'

/** How a column is printed. `ratio`: 1 is 100 %. */
export type ColumnType = 'text' | 'money' | 'count' | 'ratio' | 'milliseconds' | 'number' | 'time' | 'flag'

export interface Column {
  readonly name: string
  readonly title: string
  readonly type: ColumnType
}

/**
 * Where a column's value comes from. If none of these is given: from the SQL column of the same name, added up for the
 * total.
 */
export interface ViewColumn extends Column {
  /** A quotient of two SQL columns, in rows and in totals. */
  readonly quotient?: readonly [dividend: string, divisor: string]
  /** Its share in the total of this SQL column. */
  readonly shareOf?: string
  /** A SQL column of microseconds. */
  readonly microseconds?: string
  /** A percentile of a measure; see percentiles.ts. */
  readonly percentile?: readonly [measure: Measure, index: number]
  /**
   * The SQL column that counts the calls of which this is the cost: 0 if there are none, unknown if none has a price.
   */
  readonly costOf?: string
  /** A total would mean nothing. */
  readonly noTotal?: boolean
}

export interface View {
  /** Also the name of the file: `sql/views/<name>.sql`. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** The dimension if none is asked for; `null` if the view takes none. */
  readonly by: string | null
  readonly columns: readonly ViewColumn[]
  /** SQL columns that are only needed by quotients and totals. */
  readonly auxiliary?: readonly string[]
  /** The column that rows are ranked by, greatest first. */
  readonly rankBy: string
  /** Whether `cost` can be compared with the previous period. */
  readonly comparable: boolean
  /** A call may be in several rows. */
  readonly overlapping?: boolean
}
