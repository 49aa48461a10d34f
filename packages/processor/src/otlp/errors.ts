/** Bytes are not an OTLP export request. A receiver answers 400 / INVALID_ARGUMENT. */
export class InvalidTracesError extends Error {
  readonly code = 'INVALID_TRACES'

  constructor(message: string, options?: ErrorOptions) {
    super(`Not an OTLP request: ${message}`, options)
    this.name = 'InvalidTracesError'
  }
}
