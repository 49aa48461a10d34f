import { byShape } from '../otlp/span-shape.ts'
import type { AttributeValue, SpanView } from '../otlp/types.ts'

/** Names under which a field may stand, the best first. */
export type FieldTable<T> = { readonly [K in keyof T]?: readonly string[] }

/**
 * A reader of the fields in a table. Which of their names a span has is worked out once for all spans of a shape, so
 * the many that it lacks cost nothing.
 *
 * @param read a value, `undefined` where it is none of the kind: then the next name has its turn.
 */
export function tableReader<T extends object, V>(
  table: FieldTable<T>,
  read: (value: AttributeValue | undefined) => V | undefined,
): (span: SpanView, target: { [K in keyof T]?: V }) => void {
  const columns = byShape((shape) =>
    (Object.entries(table) as [keyof T, readonly string[]][]).flatMap(([field, names]) => {
      const indexes = names.map((name) => shape.indexOf(name)).filter((index) => index !== -1)
      return indexes.length === 0 ? [] : [{ field, first: indexes[0]!, others: indexes.slice(1) }]
    }),
  )
  return (span, target) => {
    for (const { field, first, others } of columns(span.shape)) {
      let value = read(span.valueAt(first))
      for (let other = 0; value === undefined && other < others.length; other++)
        value = read(span.valueAt(others[other]!))
      if (value !== undefined) target[field] = value
    }
  }
}
