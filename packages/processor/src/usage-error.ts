/** What a command was asked for isn't there, or makes no sense; the message says what does. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
