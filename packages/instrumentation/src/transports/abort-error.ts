/** The error of an exchange that the app has abandoned, where the transport itself has none. */
export function abortError(): Error {
  return new DOMException('The operation was aborted', 'AbortError')
}
