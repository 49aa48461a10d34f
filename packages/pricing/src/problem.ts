/** One mistake in a price file or in overrides. */
export interface Problem {
  /** Keys and indexes that lead to it. */
  path: (string | number)[]
  message: string
}
