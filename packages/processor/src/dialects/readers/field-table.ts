import type { Usage } from '@spanmeter/pricing'
import { byShape, type SpanShape } from '../../otlp/span-shape.ts'
import type { AttributeValue, SpanView } from '../../otlp/types.ts'
import type { DialectReading } from '../types.ts'
import { asCount, asFlag, asNumber, asText, known } from './values.ts'

/** For each field the attribute names that may state it, the best first. */
type Names<T, V> = { readonly [K in keyof T as T[K] extends V | undefined ? K : never]?: readonly string[] }

/** The attribute names of a dialect, by the type that their values must have. */
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

/** What a reader needs to know about all spans of one shape. */
interface Plan {
  readonly columns: readonly Column[]
  /** A template with an undefined member for each field that may be set: objects that get new members cost more than reading. */
  readonly reading: Readonly<Record<string, unknown>>
  readonly usage: Readonly<Record<string, unknown>>
  readonly usageParts: number
}

/** A field, and the attributes of spans of this shape that may state it. */
interface Column {
  readonly kind: number
  readonly field: string
  readonly first: number
  readonly others: readonly number[]
}

/**
 * A reader for the attributes of a table. Which of them a span has is worked out once for each shape, so that the many names
 * that spans don't have cost nothing.
 */
export function tableReader(table: FieldTable): (span: SpanView) => DialectReading {
  const planOf = byShape((shape) => planFor(table, shape))
  return (span) => {
    const plan = planOf(span.shape)
    const reading = { ...plan.reading }
    const usage = { ...plan.usage }
    let usageParts = 0
    for (const { kind, field, first, others } of plan.columns) {
      let value = readAs(kind, span.valueAt(first))
      for (let other = 0; value === undefined && other < others.length; other++)
        value = readAs(kind, span.valueAt(others[other]!))
      if (value === undefined) continue
      if (kind < USAGE_COUNTS) reading[field] = value
      else {
        usage[field] = value
        usageParts++
      }
    }
    // Readings are merged: a member that is present but undefined would hide what another reading knows.
    if (usageParts > 0) reading.usage = usageParts === plan.usageParts ? usage : known(usage)
    return reading
  }
}

function planFor(table: FieldTable, shape: SpanShape): Plan {
  const columns = KINDS.flatMap((kind, index) =>
    Object.entries<readonly string[]>(table[kind] ?? {}).flatMap(([field, names]) =>
      columnOf(shape, index, field, names),
    ),
  )
  const unknown = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, undefined]))
  const usage = columns.filter(({ kind }) => kind >= USAGE_COUNTS).map(({ field }) => field)
  const others = columns.filter(({ kind }) => kind < USAGE_COUNTS).map(({ field }) => field)
  return {
    columns,
    reading: unknown([...others, 'role', 'usage', 'cachedInput', 'dialects']),
    usage: unknown(usage),
    usageParts: usage.length,
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
