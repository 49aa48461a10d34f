/** Keys and indexes that lead to a value. */
export type Path = (string | number)[]

/** One mistake in a price file or in overrides. */
export interface Problem {
  path: Path
  message: string
}

export type Report = (path: Path, message: string) => void

export function collectProblems(check: (report: Report) => void): Problem[] {
  const problems: Problem[] = []
  check((path, message) => problems.push({ path, message }))
  return problems
}

export function unknownKeys(
  object: Record<string, unknown>,
  known: readonly string[],
  path: Path,
  report: Report,
): void {
  for (const key of Object.keys(object))
    if (!known.includes(key)) report([...path, key], `unknown key; expected one of ${known.join(', ')}`)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `2026-07-01`, or a moment of that day. */
export function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value))
}
