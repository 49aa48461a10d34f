/** A rule or a look-up file can't be used; the message says which, and what is wrong with it. */
export class AttributionError extends Error {
  override readonly name = 'AttributionError'
}
