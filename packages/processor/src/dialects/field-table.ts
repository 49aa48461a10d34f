import type { Usage } from '@spanmeter/pricing'
import { byShape, type SpanShape } from '../otlp/span-shape.ts'
import type { AttributeValue, SpanView } from '../otlp/types.ts'
import type { DialectReading } from './types.ts'
import { asCount, asFlag, asNumber, asText } from './values.ts'

/** Names under which each field may stand, the best first. */
type Names<T, V> = { readonly [K in keyof T as T[K] extends V | undefined ? K : never]?: readonly string[] }

/** What a dialect calls things, by what their values have to be. */
export interface FieldTable {
  readonly texts?: Names<DialectReading, string>
  readonly counts?: Names<DialectReading, number>
  readonly numbers?: Names<DialectReading, number>
  readonly flags?: Names<DialectReading, boolean>
  readonly usageCounts?: Names<Usage, number>
  readonly usageNumbers?: Names<Usage, number>
}

const KINDS = ['texts', 'counts', 'numbers', 'flags', 'usageCounts', 'usageNumbers'] as const
const USAGE_COUNTS = KINDS.indexOf('usageCounts')

/** A field that spans of one shape have, and the attributes that may state it. */
interface Column {
  readonly kind: number
  readonly field: string
  readonly first: number
  readonly others: readonly number[]
}

/**
 * A reader of what is in a table. Which of its names a span has is worked out once for all spans of a shape, so the many
 * that it lacks cost nothing.
 */
export function tableReader(table: FieldTable): (span: SpanView) => DialectReading {
  const columnsOf = byShape((shape) =>
    KINDS.flatMap((kind, index) =>
      Object.entries<readonly string[]>(table[kind] ?? {}).flatMap(([field, names]) =>
        columnOf(shape, index, field, names),
      ),
    ),
  )
  return (span) => {
    const reading: Record<string, unknown> = {}
    let usage: Record<string, unknown> | undefined
    for (const { kind, field, first, others } of columnsOf(span.shape)) {
      let value = readAs(kind, span.valueAt(first))
      for (let other = 0; value === undefined && other < others.length; other++)
        value = readAs(kind, span.valueAt(others[other]!))
      if (value === undefined) continue
      if (kind < USAGE_COUNTS) reading[field] = value
      else {
        usage ??= {}
        usage[field] = value
      }
    }
    if (usage !== undefined) reading.usage = usage
    return reading
  }
}

function columnOf(shape: SpanShape, kind: number, field: string, names: readonly string[]): Column[] {
  const [first, ...others] = names.map((name) => shape.indexOf(name)).filter((index) => index !== -1)
  return first === undefined ? [] : [{ kind, field, first, others }]
}

function readAs(kind: number, value: AttributeValue | undefined): string | number | boolean | undefined {
  switch (KINDS[kind]) {
    case 'texts':
      return asText(value)
    case 'flags':
      return asFlag(value)
    case 'counts':
    case 'usageCounts':
      return asCount(value)
    default:
      return asNumber(value)
  }
}
