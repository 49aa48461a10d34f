import {
  BIGINT,
  BOOLEAN,
  DECIMAL,
  type DuckDBListValue,
  type DuckDBType,
  INTEGER,
  LIST,
  STRUCT,
  TIMESTAMP,
  UBIGINT,
  USMALLINT,
  UUID,
  VARCHAR,
} from '@duckdb/node-api'
import { SHARED_COLUMNS, type SharedColumns } from './business-keys.ts'
import { MONEY_SCALE, parseDecimal } from './decimal.ts'
import { BUSINESS_COLUMNS, OWN_COLUMN_KEYS } from './dimensions.ts'
import { bucketOf } from './percentiles.ts'
import type { Column } from './row-appender.ts'
import type { LedgerSpan } from './types.ts'

/** What is known of a span only from its whole trace; see sql/append/settle.sql. */
export interface Settled {
  readonly role: LedgerSpan['role']
  /** Microseconds since 1970. */
  readonly previousInRun: bigint | null
  readonly outerWorkflows: DuckDBListValue | null
  /** In 10^-12 USD. */
  readonly traceCost: bigint | null
  /** 0 on all but the first call of a trace. */
  readonly traceCalls: bigint
  /** Every span of the trace starts within this many minutes of this one. */
  readonly traceMinutes: bigint
}

/** For a span that isn't settled yet, or never will be. */
export const UNSETTLED: Omit<Settled, 'role'> = {
  previousInRun: null,
  outerWorkflows: null,
  traceCost: null,
  traceCalls: 0n,
  traceMinutes: 0n,
}

export interface SettledSpan {
  readonly span: LedgerSpan
  readonly settled: Settled
}

interface ReadColumn<Row> extends Column<Row> {
  /** The SQL value that means unknown, if not NULL. */
  readonly unknown?: "''" | '0'
  /** Known where the cost is: parts of one cost and of another would add up to neither. */
  readonly ofCost?: boolean
}

type SpanColumn = ReadColumn<LedgerSpan>
export type StoredColumn = ReadColumn<SettledSpan>

/** DECIMAL(18, 12): eight bytes a value, up to 999,999.999999999999 USD a call. Sums are DECIMAL(38, 12). */
const MONEY: DuckDBType = DECIMAL(18, MONEY_SCALE)
const REVENUE: DuckDBType = DECIMAL(18, 6)

/** The columns that are read from a span, except those shared by business keys. */
const FROM_SPAN: readonly SpanColumn[] = [
  { name: 'trace_id', type: UUID, read: (span) => span.traceId },
  { name: 'span_id', type: UBIGINT, read: (span) => span.spanId },
  { name: 'parent_span_id', type: UBIGINT, read: (span) => span.parentSpanId ?? null },
  { name: 'started', type: TIMESTAMP, read: (span) => span.startUnixNano / 1000n },
  { name: 'hour', type: INTEGER, read: (span) => Number(span.startUnixNano / 3_600_000_000_000n) },
  { name: 'duration_us', type: BIGINT, read: durationMicroseconds },
  { name: 'duration_bucket', type: USMALLINT, read: (span) => bucketOf(Number(durationMicroseconds(span))) },
  text('name', (span) => span.name),
  text('role', (span) => span.role),
  text('status', (span) => span.status),
  dimension('error_type', (span) => span.errorType),
  dimension('service', (span) => span.serviceName),
  dimension('service_version', (span) => span.serviceVersion),
  dimension('environment', (span) => span.environment ?? span.business.environment),
  dimension('operation', (span) => span.operation),
  dimension('provider', (span) => span.provider),
  dimension('model', (span) => span.responseModel ?? span.requestModel),
  dimension('request_model', (span) => span.requestModel),
  dimension('agent', (span) => span.agentName ?? span.business.agent),
  dimension('conversation', (span) => span.conversationId ?? span.business.conversation),
  { name: 'streaming', type: BOOLEAN, read: (span) => span.streaming ?? null },
  whole('first_chunk_us', firstChunkMicroseconds),
  {
    name: 'first_chunk_bucket',
    type: USMALLINT,
    unknown: '0',
    read: (span) => bucketOf(firstChunkMicroseconds(span)),
  },
  whole('attempts', (span) => span.attempts),
  dimension('usage_missing', (span) => span.usageMissing),
  whole('input_tokens', (span) => span.usage.inputTokens),
  whole('cache_read_tokens', (span) => span.usage.cacheReadTokens),
  whole('cache_write_tokens', (span) => span.usage.cacheWriteTokens),
  whole('output_tokens', (span) => span.usage.outputTokens),
  whole('reasoning_tokens', (span) => span.usage.reasoningTokens),
  whole('tool_requests', (span) => span.usage.toolRequests),
  money('cost', (span) => span.cost?.amount),
  money('list_cost', (span) => span.cost?.listAmount),
  money('cache_savings', (span) => span.cost?.cacheSavings),
  ...['input', 'cache_read', 'cache_write', 'output', 'audio', 'image', 'tools', 'requests'].map(
    (component) => money(`cost_${component}`, (span) => span.cost?.components[component]),
  ),
  { ...dimension('cost_source', (span) => span.cost?.source), ofCost: true },
  { ...dimension('price', (span) => span.cost?.price), ofCost: true },
  dimension('unpriced', (span) => unpricedReason(span)),
  ...BUSINESS_COLUMNS.map(({ key, column }) =>
    dimension(column, (span) => span.business[key] ?? (key === 'workflow' ? span.workflowName : undefined)),
  ),
  { name: 'revenue', type: REVENUE, read: (span) => decimal(span.business.revenue, REVENUE_SCALE) },
  text('business', (span) => otherBusinessKeys(span.business)),
]

const SETTLED_BY: ReadonlySet<string> = new Set([
  ...['trace_id', 'span_id', 'parent_span_id', 'started', 'role', 'operation', 'workflow'],
  ...['duration_us', 'service', 'cost', 'input_tokens', 'output_tokens'],
])

/** The columns by which a trace is settled. */
export const SETTLING_COLUMNS: readonly SpanColumn[] = FROM_SPAN.filter(({ name }) => SETTLED_BY.has(name))

const OUTCOMES: SpanColumn = text('outcomes', (span) =>
  span.outcomes === undefined ? undefined : JSON.stringify(span.outcomes),
)

const SETTLED_COLUMNS: readonly StoredColumn[] = [
  { name: 'previous_in_run', type: TIMESTAMP, read: ({ settled }) => settled.previousInRun },
  {
    name: 'outer_workflows',
    type: LIST(STRUCT({ workflow: VARCHAR, previous_in_run: TIMESTAMP })),
    read: ({ settled }) => settled.outerWorkflows,
  },
  { name: 'trace_cost', type: MONEY, read: ({ settled }) => settled.traceCost },
  { name: 'trace_calls', type: BIGINT, read: ({ settled }) => settled.traceCalls },
  { name: 'trace_minutes', type: BIGINT, read: ({ settled }) => settled.traceMinutes },
]

/** The columns of `storage.calls` and `storage.uncounted` in their order, with the shared ones that this ledger has given to a key. */
export function storedColumns(shared: SharedColumns): readonly StoredColumn[] {
  const keys = new Map([...shared].map(([key, column]) => [column, key]))
  const sharedColumns = Array.from({ length: SHARED_COLUMNS }, (_, index) => {
    const column = `business_${index + 1}`
    const key = keys.get(column)
    return dimension(column, (span) => (key === undefined ? undefined : span.business[key]))
  })
  return [...[...FROM_SPAN, ...sharedColumns, OUTCOMES].map(ofSettledSpan), ...SETTLED_COLUMNS]
}

function ofSettledSpan(column: SpanColumn): StoredColumn {
  if (column.name === 'role') return { ...column, read: ({ settled }) => settled.role }
  return { ...column, read: ({ span }) => column.read(span) }
}

const REVENUE_SCALE = 6
const LARGEST_DECIMAL = 10n ** 18n

/** A column to group by: '' if unknown, see the migration. */
function dimension(name: string, read: (span: LedgerSpan) => string | undefined): SpanColumn {
  return { name, type: VARCHAR, unknown: "''", read: (span) => read(span) ?? '' }
}

function text(name: string, read: (span: LedgerSpan) => string | undefined): SpanColumn {
  return { name, type: VARCHAR, read: (span) => read(span) ?? null }
}

function whole(name: string, read: (span: LedgerSpan) => number | undefined): SpanColumn {
  return { name, type: BIGINT, read: (span) => count(read(span)) }
}

function money(name: string, read: (span: LedgerSpan) => string | undefined): SpanColumn {
  return { name, type: MONEY, ofCost: true, read: (span) => decimal(read(span), MONEY_SCALE) }
}

/** 0 if the span lacks its start or end, or a clock ran backwards: otherwise sums would be off by years. */
function durationMicroseconds({ startUnixNano, endUnixNano }: LedgerSpan): bigint {
  return startUnixNano === 0n || endUnixNano < startUnixNano ? 0n : (endUnixNano - startUnixNano) / 1000n
}

function firstChunkMicroseconds({ timeToFirstChunkSeconds: seconds }: LedgerSpan): number | undefined {
  return count(seconds === undefined ? undefined : seconds * 1e6) ?? undefined
}

function count(value: number | undefined): number | null {
  const rounded = Math.round(value ?? Number.NaN)
  return Number.isSafeInteger(rounded) ? rounded : null
}

function decimal(value: string | undefined, scale: number): bigint | null {
  if (value === undefined) return null
  const units = parseDecimal(value, scale)
  if (units === undefined || units >= LARGEST_DECIMAL || units <= -LARGEST_DECIMAL) return null
  return units
}

/** A call without a cost always says why, also where its amount is more than the column holds. */
function unpricedReason(span: LedgerSpan): string | undefined {
  if (span.cost === undefined) return span.unpriced ?? (span.role === 'own' ? 'unknown' : undefined)
  return decimal(span.cost.amount, MONEY_SCALE) === null ? 'amount_out_of_range' : undefined
}

/** The business keys without a column of their own, as JSON with sorted keys: few distinct texts, so it compresses to a byte or two. */
function otherBusinessKeys(business: Record<string, string>): string | undefined {
  const keys = Object.keys(business).filter((key) => !OWN_COLUMN_KEYS.has(key))
  if (keys.length === 0) return undefined
  return JSON.stringify(Object.fromEntries(keys.sort().map((key) => [key, business[key]])))
}
