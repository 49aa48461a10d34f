/** Why an export failed. What went wrong with each address of a host that has several has no message together, but a code. */
export function failureReason(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown }
  return String(message || code || 'no reason given')
}
