import { type ComponentChildren, createContext, type JSX } from 'preact'
import { useContext, useEffect, useRef, useState } from 'preact/hooks'
import { type ApiError, api } from './client.ts'
import type { Status } from './types.ts'

const POLL_MILLISECONDS = 5000

interface LedgerStatus {
  status: Status | undefined
  /** Why the last poll failed; `undefined` when it did not. */
  error: ApiError | undefined
  /** Counts up when the views are to be loaded again. Stands still while live refresh is off. */
  generation: number
  live: boolean
  setLive: (live: boolean) => void
}

const Context = createContext<LedgerStatus | undefined>(undefined)

/** Polls what the ledger holds while the page is in view. */
export function LedgerStatusProvider({ children }: { children: ComponentChildren }): JSX.Element {
  const [status, setStatus] = useState<Status>()
  const [error, setError] = useState<ApiError>()
  const [generation, setGeneration] = useState(0)
  const [live, setLive] = useState(true)
  const shown = useRef<string>(undefined)

  useEffect(() => {
    const aborter = new AbortController()
    let isAsking = false
    const poll = (): void => {
      // One at a time: a processor that is slow has a few connections from a browser, and the views need them.
      if (document.hidden || isAsking) return
      isAsking = true
      const asked = api.status(aborter.signal).finally(() => {
        isAsking = false
      })
      asked.then(
        (answer) => {
          setStatus(answer)
          setError(undefined)
          // The views load beside the first answer, not after it: it alone is no news.
          const isNews = shown.current !== undefined && shown.current !== answer.revision
          if (isNews && !live) return
          shown.current = answer.revision
          if (isNews) setGeneration((count) => count + 1)
        },
        (reason: ApiError) => {
          if (aborter.signal.aborted) return
          setError(reason)
          // With each answer like this one the browser asks the visitor for a password.
          if (reason.status === 401) clearInterval(timer)
        },
      )
    }
    poll()
    const timer = setInterval(poll, POLL_MILLISECONDS)
    document.addEventListener('visibilitychange', poll)
    return () => {
      aborter.abort()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', poll)
    }
  }, [live])

  return <Context value={{ status, error, generation, live, setLive }}>{children}</Context>
}

export function useLedgerStatus(): LedgerStatus {
  return useContext(Context)!
}
