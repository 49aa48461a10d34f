/** Rows by the value of one business key; each row's other columns become business keys. */
export interface LookupTable {
  /** The business key by which rows are found. */
  readonly on: string
  readonly rows: ReadonlyMap<string, Readonly<Record<string, string>>>
}
