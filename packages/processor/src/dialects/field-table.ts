import { byNames } from '../otlp/by-names.ts'
import type { SpanView } from '../otlp/types.ts'

/** Names under which a field may stand, the best first. */
export type FieldTable<T> = { readonly [K in keyof T]?: readonly string[] }

/**
 * A reader of the fields in a table. Which of their names a span has is worked out once for all spans that have the
 * same names, so the many that it lacks cost nothing.
 */
export function tableReader<T extends object, V>(
  table: FieldTable<T>,
  read: (span: SpanView, names: readonly string[]) => V | undefined,
): (span: SpanView, target: { [K in keyof T]?: V }) => void {
  const present = byNames((names) => {
    const has = new Set(names)
    return (Object.entries(table) as [keyof T, readonly string[]][])
      .map(([field, candidates]) => ({ field, names: candidates.filter((name) => has.has(name)) }))
      .filter((entry) => entry.names.length > 0)
  })
  return (span, target) => {
    for (const { field, names } of present(span.attributeNames())) {
      const value = read(span, names)
      if (value !== undefined) target[field] = value
    }
  }
}
