import { unescape as decode } from 'node:querystring'

type Headers = Readonly<Record<string, string>>

/** Adds the authorization that user and password of a URL stand for, unless the headers have one. */
export function withCredentials({ username, password }: URL, headers: Headers): Headers {
  const isStated = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')
  if (isStated || (username === '' && password === '')) return headers
  // Unlike `decodeURIComponent`, it doesn't fail on a `%` that isn't an escape.
  const pair = `${decode(username)}:${decode(password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}`, ...headers }
}

/** The URL without user and password, which `fetch` doesn't accept. */
export function withoutCredentials(url: string): URL {
  return Object.assign(new URL(url), { username: '', password: '' })
}
