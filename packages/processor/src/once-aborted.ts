/** Calls `act` when the signal is aborted, at once if it already is. Returns a function that cancels this. */
export function onceAborted(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act()
  else signal.addEventListener('abort', act, { once: true })
  return () => signal.removeEventListener('abort', act)
}
