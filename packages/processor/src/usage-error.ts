/** A command was asked for something that doesn't exist or makes no sense; the message says what does. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
