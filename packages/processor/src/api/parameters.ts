import {
  BUCKETS,
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

/** Refuses a parameter that would be ignored. @throws LedgerError `ledger_invalid_query` naming the parameter */
export function checkParameters(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name))
      throw invalid(
        `unknown parameter '${name}': there ${known.length === 0 ? 'is none' : `are ${known.join(', ')}`}`,
      )
  }
}

/** Reads the parameters of a view. @throws LedgerError `ledger_invalid_query` naming the parameter */
export function parseViewQuery(query: URLSearchParams): ViewQuery {
  const by = query.get('by')
  const compare = parseChoice(query, 'compare', ['previous'])
  const rank = parseChoice(query, 'rank', ['change'])
  const bucket = parseChoice(query, 'bucket', BUCKETS)
  const limit = parseLimit(query)
  return {
    ...parseSelection(query),
    ...(by && { by }),
    ...(compare && { compare }),
    ...(rank && { rank }),
    ...(bucket && { bucket }),
    ...(limit !== undefined && { limit }),
  }
}

/** One of a few words; `undefined` where the parameter is left out or empty. */
export function parseChoice<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = query.get(name)
  if (!text) return undefined
  const choice = choices.find((known) => known === text)
  if (choice === undefined) throw invalid(`${name} is '${text}': give ${choices.join(', ')}`)
  return choice
}

export function parseLimit(query: URLSearchParams): number | undefined {
  const limit = query.get('limit')
  if (limit === null || limit === '') return undefined
  if (!/^\d{1,6}$/.test(limit)) throw invalid(`limit is '${limit}': give a whole number`)
  return Number(limit)
}

function invalid(message: string): LedgerError {
  return new LedgerError('ledger_invalid_query', message)
}
