/** How an exchange ends that the app itself let go of, where its transport has no error for that. */
export function abortError(): Error {
  return new DOMException('The operation was aborted', 'AbortError')
}
