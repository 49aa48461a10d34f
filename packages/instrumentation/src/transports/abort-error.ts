/** The error of an exchange that the app let go of, where the transport itself has none. */
export function abortError(): Error {
  return new DOMException('The operation was aborted', 'AbortError')
}
