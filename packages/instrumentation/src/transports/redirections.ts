import type { Attempt } from '../call/attempt.ts'
import { type HeaderReader, requestHeadFromUrl } from '../request-head.ts'
import { safely } from '../safely.ts'
import type { RequestHead } from '../wire/types.ts'

const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Clients that follow a redirection do so at once. */
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
 * The response doesn't tell whether the client will follow the redirection. If it does (undici's own `fetch`, axios,
 * got), its next request is the same attempt; if no request comes, the redirection was the answer.
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

/** Whether the next request may be a redirected one. */
export function isAnyRedirected(): boolean {
  return redirected.size > 0
}

/** @returns the attempt that this request continues. */
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
