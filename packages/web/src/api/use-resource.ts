import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError } from './client.ts'
import { useLedgerStatus } from './ledger-status.tsx'

export interface Resource<T> {
  data: T | undefined
  error: ApiError | undefined
  /** What is shown is from another address, as the answer hasn't come yet. */
  loading: boolean
  retry: () => void
}

/** Recent answers, so that the back button draws at once. */
const recent = new Map<string, unknown>()

const RETRY_MILLISECONDS = 5000

/** Nobody answered, or the ledger can't at the moment: both may pass. */
function isPassing({ status }: ApiError): boolean {
  return status === 0 || status === 503
}

function remember(path: string, answer: unknown): void {
  recent.delete(path)
  recent.set(path, answer)
  if (recent.size > 40) recent.delete(recent.keys().next().value!)
}

/**
 * Loads an address, and again whenever the ledger changes. Until an answer of the same `kind` comes, the last one
 * stays, so that nothing flickers; one of another kind doesn't. Errors that may pass are retried.
 */
export function useResource<T>(
  load: (path: string, signal: AbortSignal) => Promise<T>,
  path: string,
  kind: string,
): Resource<T> {
  const { generation } = useLedgerStatus()
  const [attempt, setAttempt] = useState(0)
  const [answer, setAnswer] = useState<{ kind: string; path: string; data?: T; error?: ApiError }>()
  const last = useRef<{ kind: string; data: T }>(undefined)

  useEffect(() => {
    const aborter = new AbortController()
    load(path, aborter.signal).then(
      (data) => {
        remember(path, data)
        setAnswer({ kind, path, data })
      },
      (error: unknown) => {
        if (aborter.signal.aborted) return
        setAnswer({
          kind,
          path,
          error: error instanceof ApiError ? error : new ApiError(0, 'page', String(error)),
        })
      },
    )
    return () => aborter.abort()
  }, [load, path, kind, generation, attempt])

  const failure = answer?.error
  useEffect(() => {
    if (!failure || !isPassing(failure)) return
    const timer = setTimeout(() => setAttempt((count) => count + 1), RETRY_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [failure])

  const isCurrent = answer?.path === path && answer.kind === kind
  const own = (isCurrent ? answer.data : undefined) ?? (recent.get(path) as T | undefined)
  if (own !== undefined) last.current = { kind, data: own }
  const stale = last.current?.kind === kind ? last.current.data : undefined
  // After a refresh that failed, what is there stays; the ledger's status says that it is old.
  const error = isCurrent && own === undefined ? answer.error : undefined
  return {
    data: own ?? (error ? undefined : stale),
    error,
    loading: !isCurrent,
    retry: () => setAttempt((count) => count + 1),
  }
}
