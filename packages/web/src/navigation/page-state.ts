import type { Filter } from '../api/types.ts'

/** The views of the page. All but `trace` and `drilldown` are views of the API by the same name. */
const VIEW_NAMES = [
  'spend',
  'workflows',
  'tokens',
  'cache',
  'waste',
  'latency',
  'drilldown',
  'margin',
  'quality',
  'traces',
  'trace',
] as const

export type ViewName = (typeof VIEW_NAMES)[number]

/** What the trend chart stacks. */
export const MEASURES = ['cost', 'calls', 'input_tokens', 'output_tokens'] as const

export type Measure = (typeof MEASURES)[number]

/** The levels of an organisation; the last is a person. */
export const LADDER = ['organization', 'application', 'feature', 'owner'] as const

/** The dimensions of views that can't be grouped by all of them; the first is the default. */
export const DIMENSIONS_OF: { readonly [view in ViewName]?: readonly [string, ...string[]] } = {
  workflows: ['workflow'],
  margin: ['tenant'],
  drilldown: LADDER,
}

/** More would take a browser too long to draw. */
export const MOST_ROWS = 1000

/** Everything that decides what is on the screen. It is kept in the address and nowhere else. */
export interface PageState {
  view: ViewName
  /** The dimension to group by. */
  by: string
  /** As the API takes it: `7d`, or an RFC 3339 date or time; `''` is from the first call. */
  since: string
  /** `''` is now. */
  until: string
  where: readonly Filter[]
  /** Whether to compare with the previous period. */
  compare: boolean
  measure: Measure
  /** How many rows to show; `undefined` leaves it to the view. */
  limit?: number
  /** For the view `trace`: 32 hex digits. */
  trace: string
}

export const DEFAULT_STATE: PageState = {
  view: 'spend',
  by: 'feature',
  since: '7d',
  until: '',
  where: [],
  compare: true,
  measure: 'cost',
  trace: '',
}

function oneOf<T extends string>(values: readonly T[], value: string | null, otherwise: T): T {
  return values.find((known) => known === value) ?? otherwise
}

/** `tenant:acme`, as the API writes it; `tenant:` is calls without a tenant. */
export function printFilter({ key, value }: Filter): string {
  return `${key}:${value ?? ''}`
}

function parseFilter(text: string): Filter[] {
  const colon = text.indexOf(':')
  if (colon < 1) return []
  return [{ key: text.slice(0, colon), value: text.slice(colon + 1) || null }]
}

function parseDimension(view: ViewName, by: string): string {
  const possible = DIMENSIONS_OF[view]
  return possible ? oneOf(possible, by, possible[0]) : by
}

/** The view `trace` without a trace id is the list of traces. */
function parseView(view: string | null, trace: string): ViewName {
  return view === 'trace' && trace === '' ? 'traces' : oneOf(VIEW_NAMES, view, DEFAULT_STATE.view)
}

/** Reads an address. What it doesn't know is ignored, so that old links still open. */
export function parseSearch(search: string): PageState {
  const parameters = new URLSearchParams(search)
  const limit = Number(parameters.get('limit'))
  const trace = parameters.get('trace') ?? ''
  const view = parseView(parameters.get('view'), trace)
  return {
    view,
    by: parseDimension(view, parameters.get('by') || DEFAULT_STATE.by),
    since: parameters.get('since') === 'all' ? '' : parameters.get('since') || DEFAULT_STATE.since,
    until: parameters.get('until') ?? '',
    where: parameters.getAll('where').flatMap(parseFilter),
    compare: parameters.get('compare') !== 'off',
    measure: oneOf(MEASURES, parameters.get('measure'), DEFAULT_STATE.measure),
    ...(Number.isInteger(limit) && limit > 0 && { limit }),
    trace,
  }
}

/** The shortest address of a state: defaults are left out. */
export function printSearch(state: PageState): string {
  const parameters = new URLSearchParams()
  if (state.view !== DEFAULT_STATE.view) parameters.set('view', state.view)
  if (state.by !== DEFAULT_STATE.by) parameters.set('by', state.by)
  if (state.since !== DEFAULT_STATE.since) parameters.set('since', state.since || 'all')
  if (state.until) parameters.set('until', state.until)
  for (const filter of state.where) parameters.append('where', printFilter(filter))
  if (!state.compare) parameters.set('compare', 'off')
  if (state.measure !== DEFAULT_STATE.measure) parameters.set('measure', state.measure)
  if (state.limit) parameters.set('limit', String(state.limit))
  if (state.trace) parameters.set('trace', state.trace)
  return `?${parameters}`
}

/** Whether to ask for the previous period as well; a range from the first call on has none. */
export function wantsComparison({ compare, since }: PageState): boolean {
  return compare && since !== ''
}

/** Filters by one value of a dimension; replaces filters by the same dimension. */
export function narrow(state: PageState, filter: Filter): PageState {
  return { ...state, where: [...state.where.filter(({ key }) => key !== filter.key), filter] }
}

/** Removes one filter. */
export function widen(state: PageState, filter: Filter): PageState {
  const text = printFilter(filter)
  return { ...state, where: state.where.filter((other) => printFilter(other) !== text) }
}
