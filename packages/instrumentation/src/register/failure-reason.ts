/** Why an export failed. Where each of a host's addresses failed, Node's error has no message, but a code. */
export function failureReason(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown }
  return String(message || code || 'no reason given')
}
