/** The answers of the spend API; see `packages/processor/src/api/openapi.yaml`. */

/** Exact decimal string in US dollars. `null` is unknown. */
export type Money = string | null

export type ColumnType = 'text' | 'money' | 'count' | 'ratio' | 'milliseconds' | 'number' | 'time' | 'flag'

export interface Column {
  name: string
  title: string
  type: ColumnType
}

export type Cell = string | number | boolean | null
export type Row = Record<string, Cell>

export interface Filter {
  key: string
  /** `null`: no value of `key`. */
  value: string | null
}

interface Quality {
  untagged: { key: string; calls: number; cost: Money } | null
  unpriced: { calls: number }
  estimated: { calls: number; cost: Money }
}

export type Bucket = 'minute' | 'hour' | 'day' | 'week' | 'month'

export interface ViewResult {
  view: string
  title: string
  by: string | null
  bucket?: Bucket
  range: { since: string | null; until: string; previous_since?: string; first_call?: string }
  filters: Filter[]
  currency: string
  columns: Column[]
  rows: Row[]
  totals: Row
  hidden: { rows: number; cost: Money; calls: number }
  quality: Quality
  revision: string
}

/** What each row is, as a title: `Feature`. */
export function titleOfKey({ columns }: Pick<ViewResult, 'columns'>): string {
  return columns.find(({ name }) => name === 'key')?.title ?? 'Name'
}

/** Whether the ledger has any of the previous period. If it began later, there is nothing to compare with. */
export function hasPeriodBefore({ range }: ViewResult): boolean {
  const { since, previous_since, first_call } = range
  if (since === null || previous_since === undefined) return false
  return first_call === undefined || Date.parse(first_call) < Date.parse(since)
}

export interface Status {
  revision: string
  calls: number
  first_call: string | null
  last_call: string | null
  currency: string
  retention_days: number | null
  required_keys: string[]
  trace_url_template: string | null
}

export interface Dimension {
  name: string
  title: string
  kind: 'business' | 'call'
  values?: { value: string | null; calls: number; cost: Money }[]
}

export interface TraceSpan {
  span_id: string
  parent_span_id: string | null
  depth: number
  name: string
  role: 'own' | 'wrapper' | 'ancestor'
  service?: string | null
  model?: string | null
  status?: string
  started: string
  duration_ms: number
  cost: Money
  inclusive_cost: Money
  unpriced?: string | null
}

export interface Trace {
  trace_id: string
  trace_url: string | null
  cost: Money
  calls: number
  spans: TraceSpan[]
}
