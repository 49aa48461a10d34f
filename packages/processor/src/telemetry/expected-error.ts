/** Names of errors that are not made on purpose. */
const UNFORESEEN = new Set(['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'])

/** Whether an error is one of ours or of the system, whose message is enough. Others are bugs, and need their stack. */
export function isExpected(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  return (error as NodeJS.ErrnoException).errno !== undefined || !UNFORESEEN.has(error.name)
}
