import {
  BUCKETS,
  type Bucket,
  EXPORT_FORMATS,
  type ExportFormat,
  type Filter,
  LedgerError,
  parseTime,
  type Selection,
  type ViewQuery,
} from '@spanmeter/ledger'

/** `dimension:value` of a query, or `dimension=value` of a command line. Without a value: calls that have none. */
export function parseFilter(text: string, separator: ':' | '=' = ':'): Filter {
  const at = text.indexOf(separator)
  if (at < 1)
    throw invalid(`where is '${text}': give dimension${separator}value, such as feature${separator}faq-bot`)
  const value = text.slice(at + 1)
  return { key: text.slice(0, at), value: value === '' ? null : value }
}

/** Reads `since`, `until` and `where`. */
export function parseSelection(query: URLSearchParams): Selection {
  const since = query.get('since')
  const until = query.get('until')
  const where = query.getAll('where').map((text) => parseFilter(text))
  return {
    ...(since && { since: parseTime(since) }),
    ...(until && { until: parseTime(until) }),
    ...(where.length > 0 && { where }),
  }
}

const VIEW_PARAMETERS = ['by', 'since', 'until', 'where', 'compare', 'rank', 'limit', 'bucket', 'format']

/** Reads the parameters of a view. @throws LedgerError `ledger_invalid_query` naming the parameter */
export function parseViewQuery(query: URLSearchParams): ViewQuery {
  for (const name of query.keys()) {
    if (!VIEW_PARAMETERS.includes(name))
      throw invalid(`unknown parameter '${name}': there are ${VIEW_PARAMETERS.join(', ')}`)
  }
  const by = query.get('by')
  const compare = query.get('compare')
  const rank = query.get('rank')
  const bucket = query.get('bucket')
  const limit = parseLimit(query)
  if (compare && compare !== 'previous') throw invalid(`compare is '${compare}': give previous`)
  if (rank && rank !== 'change') throw invalid(`rank is '${rank}': give change`)
  if (bucket && !BUCKETS.includes(bucket as Bucket))
    throw invalid(`bucket is '${bucket}': give ${BUCKETS.join(', ')}`)
  return {
    ...parseSelection(query),
    ...(by && { by }),
    ...(compare && { compare: 'previous' }),
    ...(rank && { rank: 'change' }),
    ...(bucket && { bucket: bucket as Bucket }),
    ...(limit !== undefined && { limit }),
  }
}

export function parseLimit(query: URLSearchParams): number | undefined {
  const limit = query.get('limit')
  if (limit === null || limit === '') return undefined
  if (!/^\d{1,6}$/.test(limit)) throw invalid(`limit is '${limit}': give a whole number`)
  return Number(limit)
}

export function parseExportFormat(text: string): ExportFormat {
  if (!EXPORT_FORMATS.includes(text as ExportFormat))
    throw invalid(`format is '${text}': give ${EXPORT_FORMATS.join(' or ')}`)
  return text as ExportFormat
}

function invalid(message: string): LedgerError {
  return new LedgerError('ledger_invalid_query', message)
}
