import { LADDER, narrow, type PageState, type ViewName } from '../navigation/page-state.ts'

/** How the bars below a name are drawn. */
export type Bars =
  /** One bar as long as the amount, in the colour of the row. */
  | { kind: 'length'; column: string }
  /** Segments one after the other. */
  | { kind: 'parts'; parts: readonly { column: string; label: string; colour: string }[] }
  /** From one value to another on a common scale. */
  | { kind: 'span'; from: string; to: string; label: string }

export type Stack = 'key' | 'token-kinds' | 'input-kinds'

/** A view that is a ranked list with a headline above it: nearly all of them. */
export interface RankedView {
  view: ViewName
  /** The title of the page. `dimension` is the title of the dimension grouped by. */
  title: (dimension: string) => string
  /** The main number of the view: a column of its totals. */
  headline: { column: string; label: string }
  /** Columns of the totals that are shown beside it. */
  facts: readonly string[]
  /** Columns of the table after the name, most important first. */
  columns: readonly string[]
  bars: readonly Bars[]
  /** What the trend stacks: the values of the dimension, or kinds of tokens. */
  trend: Stack
  /** What the columns mean, if their titles don't say it. */
  note?: string
  /** What to do if the headline is unknown. */
  advice?: string
}

const CHANGE = ['change', 'change_ratio'] as const

const RANKED_VIEWS: readonly RankedView[] = [
  {
    view: 'spend',
    title: (dimension) => `Spend by ${dimension.toLowerCase()}`,
    headline: { column: 'cost', label: 'spent' },
    facts: ['calls', 'cost_per_call', 'input_tokens', 'output_tokens', 'p50_ms', 'p95_ms'],
    columns: ['cost', 'share', ...CHANGE, 'calls', 'cost_per_call', 'p50_ms', 'p95_ms'],
    bars: [{ kind: 'length', column: 'cost' }],
    trend: 'key',
    note: 'Cost is in US dollars. Half of all calls took no longer than p50, 95 of 100 no longer than p95.',
  },
  {
    view: 'workflows',
    title: () => 'Spend by workflow',
    headline: { column: 'cost', label: 'spent' },
    facts: ['calls', 'p50_ms', 'p95_ms'],
    columns: [
      'cost',
      'inclusive_cost',
      'share',
      ...CHANGE,
      'runs',
      'cost_per_run',
      'calls_per_run',
      'p50_ms',
      'p95_ms',
    ],
    bars: [{ kind: 'length', column: 'cost' }],
    trend: 'key',
    note: 'Own cost adds up to the total. Inclusive cost counts the workflows called beneath one as well, so its rows overlap.',
  },
  {
    view: 'tokens',
    title: (dimension) => `Tokens by ${dimension.toLowerCase()}`,
    headline: { column: 'input_tokens', label: 'input tokens' },
    facts: [
      'output_tokens',
      'cache_read_tokens',
      'cache_write_tokens',
      'input_tokens_per_call',
      'output_tokens_per_call',
      'cost_per_million_tokens',
    ],
    columns: [
      'input_tokens',
      'output_tokens',
      'cache_read_tokens',
      'cache_write_tokens',
      'input_tokens_per_call',
      'output_tokens_per_call',
      'cost_per_million_tokens',
      'cost',
    ],
    bars: [
      {
        kind: 'parts',
        parts: [
          { column: 'uncached_input', label: 'Uncached input', colour: 'series-1' },
          { column: 'cache_read_tokens', label: 'Cache read', colour: 'series-5' },
          { column: 'cache_write_tokens', label: 'Cache write', colour: 'series-3' },
          { column: 'output_tokens', label: 'Output', colour: 'series-2' },
        ],
      },
    ],
    trend: 'token-kinds',
    note: 'Input includes cache reads and cache writes; output includes reasoning.',
  },
  {
    view: 'cache',
    title: (dimension) => `Cache by ${dimension.toLowerCase()}`,
    headline: { column: 'saved', label: 'saved by prompt caching' },
    facts: ['hit_rate', 'lost_to_misses', 'lost_to_unread_writes', 'cache_read_tokens', 'uncached_tokens'],
    columns: [
      'saved',
      'hit_rate',
      'lost_to_misses',
      'lost_to_unread_writes',
      'cache_read_tokens',
      'uncached_tokens',
      'cost',
    ],
    bars: [
      {
        kind: 'parts',
        parts: [
          { column: 'saved', label: 'Saved', colour: 'series-1' },
          { column: 'lost_to_misses', label: 'Lost to misses', colour: 'series-2' },
          { column: 'lost_to_unread_writes', label: 'Lost to writes never read', colour: 'series-4' },
        ],
      },
    ],
    trend: 'input-kinds',
    note: 'Saved is net: what cache reads would have cost as plain input, less what reads and writes did cost. Lost to misses is unknown where nothing was read from the cache.',
  },
  {
    view: 'waste',
    title: (dimension) => `Retries and errors by ${dimension.toLowerCase()}`,
    headline: { column: 'wasted_cost', label: 'wasted' },
    facts: [
      'wasted_share',
      'retry_rate',
      'retried_cost',
      'error_rate',
      'error_cost',
      'aborted_rate',
      'aborted_cost',
    ],
    columns: [
      'wasted_cost',
      'wasted_share',
      'retried_cost',
      'retry_rate',
      'error_cost',
      'error_rate',
      'aborted_cost',
      'aborted_rate',
      'cost',
    ],
    bars: [
      {
        kind: 'parts',
        parts: [
          { column: 'error_cost', label: 'Errors', colour: 'series-2' },
          { column: 'aborted_cost', label: 'Aborted', colour: 'series-4' },
        ],
      },
    ],
    trend: 'key',
    note: 'Wasted is what calls cost that ended in an error or were aborted. A retried call is one call: its cost is stated, not added.',
  },
  {
    view: 'latency',
    title: (dimension) => `Latency by ${dimension.toLowerCase()}`,
    headline: { column: 'p95_ms', label: 'or less for 95 of 100 calls' },
    facts: [
      'p50_ms',
      'first_chunk_p50_ms',
      'first_chunk_p95_ms',
      'output_tokens_per_second',
      'cost_per_call',
      'cost',
      'calls',
    ],
    columns: [
      'p50_ms',
      'p95_ms',
      'first_chunk_p50_ms',
      'first_chunk_p95_ms',
      'output_tokens_per_second',
      'cost',
      'cost_per_call',
      'calls',
    ],
    bars: [
      { kind: 'span', from: 'p50_ms', to: 'p95_ms', label: 'p50 to p95' },
      { kind: 'parts', parts: [{ column: 'cost', label: 'Cost', colour: 'series-2' }] },
    ],
    trend: 'key',
    note: 'Half of all calls took no longer than p50, 95 of 100 no longer than p95. The first chunk is the beginning of a streamed answer; output is in tokens.',
  },
  {
    view: 'margin',
    title: () => 'Margin by tenant',
    headline: { column: 'margin', label: 'revenue less LLM cost' },
    facts: ['revenue', 'cost', 'margin_ratio', 'calls'],
    columns: ['cost', 'revenue', 'margin', 'margin_ratio', ...CHANGE, 'calls'],
    bars: [{ kind: 'length', column: 'cost' }],
    trend: 'key',
    note: 'Revenue is what a tenant pays a month, for the days of the range. A tenant whose revenue is unknown is in the cost, and in no margin.',
    advice:
      'No tenant has a known revenue. Add a column revenue (dollars a month) to a look-up file under attribution in the configuration.',
  },
]

export function rankedView(view: ViewName): RankedView | undefined {
  return RANKED_VIEWS.find((definition) => definition.view === view)
}

/** Where a click on a name leads: to the next of these dimensions that isn't filtered by yet. */
const DRILL_ORDER = ['feature', 'model', 'tenant', 'endpoint'] as const

/** From a row one step down: its value becomes a filter, and the next dimension is grouped by. */
export function drillDown(state: PageState, key: string | null): PageState {
  const inside = within(state, key)
  const isAsked = (dimension: string): boolean => inside.where.some((filter) => filter.key === dimension)
  const steps: readonly string[] =
    state.view === 'drilldown'
      ? LADDER.slice(LADDER.indexOf(state.by as (typeof LADDER)[number]) + 1)
      : DRILL_ORDER
  const by = steps.find((dimension) => !isAsked(dimension))
  if (by === undefined) return { ...inside, view: 'traces' }
  return {
    ...inside,
    by,
    view: state.view === 'workflows' || state.view === 'margin' ? 'spend' : state.view,
  }
}

/** The traces behind a row. */
export function tracesOf(state: PageState, key: string | null): PageState {
  return { ...within(state, key), view: 'traces' }
}

function within(state: PageState, key: string | null): PageState {
  const { limit: _, ...rest } = state
  return narrow(rest, { key: state.by, value: key })
}

interface NavigationEntry {
  label: string
  view: ViewName
  /** Only if the entry stands for a dimension; else the current one stays. */
  by?: string
}

export const NAVIGATION: readonly { title: string; entries: readonly NavigationEntry[] }[] = [
  {
    title: 'Who spends',
    entries: [
      { label: 'Features', view: 'spend', by: 'feature' },
      { label: 'Tenants', view: 'spend', by: 'tenant' },
      { label: 'Teams', view: 'spend', by: 'team' },
      { label: 'Organization', view: 'drilldown', by: 'organization' },
    ],
  },
  {
    title: 'On what',
    entries: [
      { label: 'Models', view: 'spend', by: 'model' },
      { label: 'Providers', view: 'spend', by: 'provider' },
      { label: 'Endpoints', view: 'spend', by: 'endpoint' },
      { label: 'Workflows', view: 'workflows', by: 'workflow' },
    ],
  },
  {
    title: 'And why',
    entries: [
      { label: 'Tokens', view: 'tokens' },
      { label: 'Cache', view: 'cache' },
      { label: 'Retries and errors', view: 'waste' },
      { label: 'Latency', view: 'latency' },
    ],
  },
  {
    title: 'In detail',
    entries: [
      { label: 'Traces', view: 'traces' },
      { label: 'Data quality', view: 'quality' },
      { label: 'Margin', view: 'margin', by: 'tenant' },
    ],
  },
]
