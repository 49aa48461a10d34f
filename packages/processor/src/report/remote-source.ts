import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import {
  LedgerError,
  type LedgerErrorCode,
  type Selection,
  type SqlResult,
  type ViewQuery,
  type ViewResult,
} from '@spanmeter/ledger'
import { isUnknownAuthority, reasonOf } from '../network/connection-failure.ts'
import { trustSystemAuthorities } from '../security/system-authorities.ts'
import { withCredentials, withoutCredentials } from '../security/url-credentials.ts'
import type { SpendSource } from './spend-source.ts'

/**
 * A running processor's API. Behind access control, `SPANMETER_TOKEN` is the bearer token, or the endpoint has
 * `user:password@` in it.
 */
export function createRemoteSource(endpoint: string): SpendSource {
  const request = createRequest(endpoint)
  return {
    async view(name, query) {
      const response = await request(`/api/v1/views/${encodeURIComponent(name)}?${viewParameters(query)}`)
      return (await response.json()) as ViewResult
    },
    async sql(sql, limit) {
      const response = await request('/api/v1/sql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sql, limit }),
      })
      return (await response.json()) as SqlResult
    },
    async exportTo(path, format, selection) {
      const parameters = selectionParameters(selection)
      parameters.set('format', format)
      const { body } = await request(`/api/v1/export?${parameters}`)
      await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(path))
    },
    close: async () => {},
  }
}

/** Why no spanmeter answers at an endpoint; `undefined` if one does. */
export async function whyUnreachable(endpoint: string): Promise<LedgerError | undefined> {
  try {
    await createRequest(endpoint)('/api/v1/views', { signal: AbortSignal.timeout(2000) })
    return undefined
  } catch (error) {
    // One that refuses us is running, and its own message says more than ours would.
    const { code } = error as LedgerError
    return code === 'ledger_not_permitted' ? undefined : (error as LedgerError)
  }
}

function createRequest(endpoint: string): (path: string, init?: RequestInit) => Promise<Response> {
  const base = withoutCredentials(endpoint)
  if (base.protocol === 'https:') trustSystemAuthorities()
  const token = process.env.SPANMETER_TOKEN
  const credentials = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...withCredentials(new URL(endpoint), {}),
  }
  return async (path, init = {}) => {
    const headers = { ...init.headers, ...credentials }
    const response = await fetch(new URL(path, base), { ...init, headers }).catch((error: Error) => {
      throw noAnswer(base.origin, error)
    })
    if (!response.ok) throw await refusal(response, base.origin)
    return response
  }
}

function noAnswer(origin: string, { message, cause }: Error): LedgerError {
  const failure = cause instanceof Error ? cause : new Error(message)
  const advice = isUnknownAuthority(failure)
    ? 'set NODE_EXTRA_CA_CERTS to the certificate of the authority that signed its certificate'
    : 'start it, or set its address with --endpoint'
  const text = `no spanmeter answers at ${origin} (${reasonOf(failure)}): ${advice}`
  return new LedgerError('ledger_missing', text, { cause: failure })
}

async function refusal(response: Response, origin: string): Promise<LedgerError> {
  if (response.status === 401 || response.status === 403) {
    return new LedgerError(
      'ledger_not_permitted',
      `${origin} needs credentials: set SPANMETER_TOKEN, or give --endpoint https://user:password@...`,
    )
  }
  const text = await response.text()
  try {
    const { error } = JSON.parse(text) as { error: { code: string; message: string } }
    return new LedgerError(error.code as LedgerErrorCode, error.message)
  } catch {
    return new LedgerError('ledger_failed', `${origin} answered ${response.status} ${text.slice(0, 200)}`)
  }
}

function viewParameters(query: ViewQuery): URLSearchParams {
  const parameters = selectionParameters(query)
  const { by, compare, rank, limit, bucket } = query
  for (const [name, value] of Object.entries({ by, compare, rank, limit, bucket })) {
    if (value !== undefined) parameters.set(name, String(value))
  }
  return parameters
}

function selectionParameters({ since, until, where = [] }: Selection): URLSearchParams {
  const parameters = new URLSearchParams()
  if (since !== undefined) parameters.set('since', since.toISOString())
  if (until !== undefined) parameters.set('until', until.toISOString())
  for (const { key, value } of where) parameters.append('where', `${key}:${value ?? ''}`)
  return parameters
}
