import { createReadStream, readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { EXPORT_FORMATS, type Ledger, type LedgerReader, VIEWS, type ViewResult } from '@spanmeter/ledger'
import { toCsv } from './csv.ts'
import { checkParameters, parseChoice, parseLimit, parseSelection, parseViewQuery } from './parameters.ts'
import { readJsonBody } from './read-json-body.ts'
import { send, sendError, sendJson, sendLedgerError } from './reply.ts'

export interface SpendApiOptions {
  /** URL of a trace, with `{trace_id}` in it. */
  readonly traceUrl?: string | undefined
}

/** One request to the API. */
interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly query: URLSearchParams
  /** The part of the path that is a name or an id. */
  readonly name: string
  readonly ledger: Ledger
  /** Stops its queries when the client disconnects. */
  readonly reader: LedgerReader
  readonly traceUrl: string | undefined
}

interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  /** What its query may have. */
  readonly parameters: readonly string[]
  answer(exchange: Exchange): Promise<void>
}

const SELECTION = ['since', 'until', 'where']
const VIEW = [...SELECTION, 'by', 'compare', 'rank', 'limit', 'bucket', 'format']

/** The paths of `openapi.yaml`, in its order. */
const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/api\/v1\/openapi\.yaml$/, parameters: [], answer: sendDocument },
  { method: 'GET', path: /^\/api\/v1\/status$/, parameters: [], answer: sendStatus },
  {
    method: 'GET',
    path: /^\/api\/v1\/dimensions$/,
    parameters: [...SELECTION, 'name', 'search', 'limit'],
    answer: sendDimensions,
  },
  { method: 'GET', path: /^\/api\/v1\/views$/, parameters: [], answer: sendViews },
  { method: 'GET', path: /^\/api\/v1\/views\/([a-z]+)$/, parameters: VIEW, answer: sendView },
  { method: 'GET', path: /^\/api\/v1\/traces\/([^/]+)$/, parameters: [], answer: sendTrace },
  { method: 'GET', path: /^\/api\/v1\/export$/, parameters: [...SELECTION, 'format'], answer: sendExport },
  { method: 'POST', path: /^\/api\/v1\/sql$/, parameters: [], answer: sendSql },
]

/** Resolves to `false`, without answering, if the path is not one of the API's. */
export type SpendApi = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

/** The spend API over a ledger, for any `node:http` server. It doesn't authenticate anyone: the server has to. */
export function createSpendApi(ledger: Ledger, { traceUrl }: SpendApiOptions = {}): SpendApi {
  return async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost')
    const routes = ROUTES.filter(({ path }) => path.test(pathname))
    if (routes.length === 0) return false
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const route = routes.find((candidate) => candidate.method === method)
    if (route === undefined) {
      response.setHeader('allow', routes.map((candidate) => candidate.method).join(', '))
      sendError(response, 405, 'method_not_allowed', `${pathname} takes ${routes[0]!.method}`)
      return true
    }
    if (method === 'GET' && isCurrent(request, response, ledger)) return true
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    try {
      checkParameters(query, route.parameters)
      await route.answer({
        request,
        response,
        query,
        name: route.path.exec(pathname)![1] ?? '',
        ledger,
        reader: ledger.reader(gone.signal),
        traceUrl,
      })
    } catch (error) {
      if (!gone.signal.aborted) sendLedgerError(response, error)
    }
    return true
  }
}

/** Answers 304 if neither the ledger nor the minute has changed; the minute counts, as a range such as `24h` moves with time. */
function isCurrent(request: IncomingMessage, response: ServerResponse, ledger: Ledger): boolean {
  const etag = `W/"${ledger.revision}-${Math.floor(Date.now() / 60_000)}"`
  response.setHeader('etag', etag)
  response.setHeader('cache-control', 'private, no-cache')
  if (request.headers['if-none-match'] !== etag) return false
  response.writeHead(304).end()
  return true
}

async function sendDocument({ response }: Exchange): Promise<void> {
  send(
    response,
    200,
    'application/yaml',
    readFileSync(new URL('../../src/api/openapi.yaml', import.meta.url), 'utf8'),
  )
}

async function sendStatus({ response, ledger, reader, traceUrl }: Exchange): Promise<void> {
  sendJson(response, 200, {
    revision: ledger.revision,
    ...(await reader.contents()),
    currency: 'USD',
    schema_version: ledger.schemaVersion,
    retention_days: ledger.retention === undefined ? null : ledger.retention / 86_400_000,
    required_keys: ledger.requiredKeys,
    trace_url_template: traceUrl ?? null,
  })
}

async function sendDimensions({ response, query, reader }: Exchange): Promise<void> {
  const name = query.get('name')
  const all = await reader.dimensions()
  if (name === null) return sendJson(response, 200, { dimensions: all })
  const limit = parseLimit(query)
  const values = await reader.dimensionValues(name, {
    ...parseSelection(query),
    search: query.get('search') ?? '',
    ...(limit !== undefined && { limit }),
  })
  const known = all.find((dimension) => dimension.name === name) ?? { name, title: name, kind: 'business' }
  sendJson(response, 200, { dimensions: [{ ...known, values }] })
}

async function sendViews({ response }: Exchange): Promise<void> {
  const views = VIEWS.map(({ name, title, description, by, columns }) => ({
    name,
    title,
    description,
    by,
    columns: columns.map((column) => ({ name: column.name, title: column.title, type: column.type })),
  }))
  sendJson(response, 200, { views })
}

async function sendView({ response, query, name, ledger, reader, traceUrl }: Exchange): Promise<void> {
  if (!VIEWS.some((view) => view.name === name)) {
    return sendError(response, 404, 'no_such_view', `no view '${name}': GET /api/v1/views lists them`)
  }
  const format = parseChoice(query, 'format', ['json', 'csv'])
  const { revision } = ledger
  const result = linked(await reader.view(name, parseViewQuery(query)), traceUrl)
  if (format !== 'csv') return sendJson(response, 200, { ...result, revision })
  response.setHeader('content-disposition', `attachment; filename="spanmeter-${name}.csv"`)
  send(response, 200, 'text/csv; charset=utf-8; header=present', toCsv(result.columns, result.rows))
}

/** The view with a link beside each trace. */
function linked(result: ViewResult, traceUrl: string | undefined): ViewResult {
  if (result.view !== 'traces') return result
  return {
    ...result,
    columns: [...result.columns, { name: 'trace_url', title: 'Link', type: 'text' }],
    rows: result.rows.map((row) => ({ ...row, trace_url: traceLink(traceUrl, String(row.trace_id)) })),
  }
}

function traceLink(traceUrl: string | undefined, traceId: string): string | null {
  return traceUrl?.replaceAll('{trace_id}', traceId) ?? null
}

async function sendTrace({ response, name, reader, traceUrl }: Exchange): Promise<void> {
  const trace = await reader.trace(name)
  if (trace === undefined) return sendError(response, 404, 'no_such_trace', `the ledger has no trace ${name}`)
  sendJson(response, 200, { trace_id: name, trace_url: traceLink(traceUrl, name), ...trace })
}

async function sendExport({ response, query, reader }: Exchange): Promise<void> {
  const format = parseChoice(query, 'format', EXPORT_FORMATS) ?? 'csv'
  const file = await reader.export(format, parseSelection(query))
  try {
    response.writeHead(200, {
      'content-type':
        format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/vnd.apache.parquet',
      'content-length': (await stat(file.path)).size,
      'content-disposition': `attachment; filename="spanmeter-calls.${format}"`,
    })
    await pipeline(createReadStream(file.path), response)
  } finally {
    await file.remove()
  }
}

async function sendSql({ request, response, reader }: Exchange): Promise<void> {
  const body = await readJsonBody(request, response)
  if (body === undefined) return
  const { sql, limit } = body as { sql?: unknown; limit?: unknown }
  if (typeof sql !== 'string') return sendError(response, 400, 'invalid_body', 'give {"sql": "select ..."}')
  if (!(limit === undefined || isRowLimit(limit))) {
    const message = `limit is ${JSON.stringify(limit)}: give a whole number from 1 to ${MOST_SQL_ROWS}`
    return sendError(response, 400, 'invalid_body', message)
  }
  sendJson(response, 200, await reader.sql(sql, limit))
}

function isRowLimit(limit: unknown): limit is number {
  return Number.isInteger(limit) && Number(limit) >= 1 && Number(limit) <= MOST_SQL_ROWS
}

/** They are all in memory at once, as DuckDB returns them and as JSON. */
const MOST_SQL_ROWS = 100_000
