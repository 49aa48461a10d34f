import { unescape as decode } from 'node:querystring'

type Headers = Readonly<Record<string, string>>

/** Headers, with what a user and password in an address come to where they don't say it themselves. */
export function withCredentials({ username, password }: URL, headers: Headers): Headers {
  const isStated = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')
  if (isStated || (username === '' && password === '')) return headers
  // Unlike `decodeURIComponent`, it leaves what isn't encoded as it is.
  const pair = `${decode(username)}:${decode(password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}`, ...headers }
}

/** As `fetch` asks for. */
export function withoutCredentials(url: string): URL {
  return Object.assign(new URL(url), { username: '', password: '' })
}
