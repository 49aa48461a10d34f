import type { Attempt } from '../call/attempt.ts'
import { type HeaderReader, requestHeadFromUrl } from '../request-head.ts'
import { safely } from '../safely.ts'
import type { RequestHead } from '../wire/types.ts'

const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** A client that follows does so as soon as it sees where to. */
const WITHIN_MS = 100

interface Redirected {
  readonly attempt: Attempt
  readonly to: string
  readonly timer: NodeJS.Timeout
}

const redirected = new Set<Redirected>()

export function isRedirection(status: number, header: HeaderReader): boolean {
  return STATUSES.has(status) && header('location') !== undefined
}

/**
 * Whether a client follows a redirection isn't to be seen in the answer: undici's own `fetch`, axios and got do, and
 * their next request is then the same attempt. Where none comes, the redirection was the answer.
 */
export function awaitNextRequest(
  attempt: Attempt,
  from: RequestHead,
  status: number,
  header: HeaderReader,
): void {
  const location = header('location') ?? ''
  const next = URL.parse(location, addressOf(from))
  const head = next === null ? undefined : requestHeadFromUrl('GET', next)
  const answered = (): void => {
    safely('redirection', () => {
      attempt.responseStarted(status, header)
      attempt.responseEnded()
    })
  }
  if (head === undefined) {
    answered()
    return
  }
  const timer = setTimeout(() => {
    redirected.delete(waiting)
    answered()
  }, WITHIN_MS)
  timer.unref()
  const waiting: Redirected = { attempt, to: addressOf(head), timer }
  redirected.add(waiting)
}

/** Whether any request may be one. */
export function isAnyRedirected(): boolean {
  return redirected.size > 0
}

/** @returns the attempt that this request goes on with. */
export function takeRedirected(head: RequestHead): Attempt | undefined {
  const address = addressOf(head)
  for (const waiting of redirected) {
    if (waiting.to !== address || !waiting.attempt.active) continue
    clearTimeout(waiting.timer)
    redirected.delete(waiting)
    return waiting.attempt
  }
  return undefined
}

function addressOf({ protocol, host, port, path, query }: RequestHead): string {
  const named = host.includes(':') ? `[${host}]` : host
  return `${protocol}//${named}${port === undefined ? '' : `:${port}`}${path}${query}`
}
