/** Names of errors that nobody has thought of. */
const UNFORESEEN = new Set(['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'])

/** Whether the message of an error says it all: one of ours, or of the system. Of others, the stack says more. */
export function isExpected(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  return (error as NodeJS.ErrnoException).errno !== undefined || !UNFORESEEN.has(error.name)
}
