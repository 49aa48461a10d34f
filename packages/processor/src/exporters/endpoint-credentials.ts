import type { ExporterConfig } from '../config/types.ts'

/** The headers of an exporter, with what a user and password in its endpoint come to where they don't say it themselves. */
export function withCredentials(
  { username, password }: URL,
  headers: ExporterConfig['headers'],
): ExporterConfig['headers'] {
  const isStated = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')
  if (isStated || (username === '' && password === '')) return headers
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}`, ...headers }
}
