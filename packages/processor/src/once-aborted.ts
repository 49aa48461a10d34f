/** Calls `act` when the signal is aborted: at once, where it has been. @returns what takes that back. */
export function onceAborted(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act()
  else signal.addEventListener('abort', act, { once: true })
  return () => signal.removeEventListener('abort', act)
}
