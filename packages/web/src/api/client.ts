import { type PageState, printFilter } from '../navigation/page-state.ts'
import type { Dimension, Status, Trace, ViewResult } from './types.ts'

/** Why there is no answer. `status` 0: nobody answered at all. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

function ask(path: string, signal?: AbortSignal): Promise<Response> {
  const address = new URL(path, location.href)
  // The page may have been opened with credentials in its address. `fetch` refuses such addresses; the browser sends
  // the credentials by itself.
  address.username = ''
  address.password = ''
  // `no-cache` revalidates by ETag: for an unchanged ledger the answer is 304, and the browser uses what it has.
  return fetch(address, { cache: 'no-cache', ...(signal && { signal }) })
}

/** Requests made ahead, by address; each is used once. */
const askedAhead = new Map<string, Promise<Response>>()

/** Asks before anything is drawn, so that the ledger and the browser work at the same time. */
export function askAhead(path: string): void {
  const response = ask(path)
  // A failure is reported to whoever uses the answer.
  response.catch(() => {})
  askedAhead.set(path, response)
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const ahead = askedAhead.get(path)
  askedAhead.delete(path)
  let response: Response
  try {
    response = await (ahead ?? ask(path, signal))
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(0, 'unreachable', 'The processor does not answer.')
  }
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && body !== undefined) return body as T
  if (response.ok) throw new ApiError(0, 'unreachable', 'The answer of the processor broke off.')
  const { code, message } = (body as { error?: { code?: string; message?: string } } | undefined)?.error ?? {}
  throw new ApiError(response.status, code ?? 'unexpected', message ?? `HTTP ${response.status}`)
}

/** A relative address of the API, so that the page also works below a path of a reverse proxy. */
function address(
  path: string,
  parameters: readonly (readonly [string, string | number | undefined])[],
): string {
  const query = new URLSearchParams()
  for (const [name, value] of parameters) {
    if (value !== undefined && value !== '') query.append(name, String(value))
  }
  const text = String(query)
  return `api/v1/${path}${text && '?'}${text}`
}

/** The range and filters of the page, as every view takes them. */
function scope({ since, until, where }: PageState): (readonly [string, string])[] {
  return [
    ['since', since],
    ['until', until],
    ...where.map((filter) => ['where', printFilter(filter)] as const),
  ]
}

export interface ViewOptions {
  by?: string
  limit?: number
  compare?: boolean
  rank?: 'change'
  format?: 'csv'
}

/** The address of a view in the page's range and filters. */
export function viewAddress(view: string, state: PageState, options: ViewOptions = {}): string {
  const { by, limit, compare, rank, format } = options
  return address(`views/${view}`, [
    ['by', by],
    ...scope(state),
    ['compare', compare ? 'previous' : undefined],
    ['rank', rank],
    ['limit', limit],
    ['format', format],
  ])
}

/** The most rows that the API returns at once. */
export const ALL_ROWS = 10_000

/** A view as a file, with the rows that the page leaves out. */
export function csvAddress(view: string, state: PageState, options: ViewOptions = {}): string {
  return viewAddress(view, state, { ...options, limit: ALL_ROWS, format: 'csv' })
}

/** The address of the list of dimensions or, with `name`, of that dimension's values that contain `search`. */
export function dimensionsAddress(state: PageState, name?: string, search?: string): string {
  const { since, until } = state
  return address('dimensions', [
    ['name', name],
    ['since', since],
    ['until', until],
    ['search', search],
    ['limit', name && 200],
  ])
}

export function traceAddress(trace: string): string {
  return `api/v1/traces/${encodeURIComponent(trace)}`
}

/** The type of the answer at each address. */
export const api = {
  status: (signal?: AbortSignal): Promise<Status> => get('api/v1/status', signal),
  view: (path: string, signal?: AbortSignal): Promise<ViewResult> => get(path, signal),
  dimensions: (path: string, signal?: AbortSignal): Promise<{ dimensions: Dimension[] }> => get(path, signal),
  trace: (path: string, signal?: AbortSignal): Promise<Trace> => get(path, signal),
}
