import { overloaded } from '../protocol/otlp-error.ts'

/** Bytes of request bodies in memory at one time, over all connections and both transports. */
export class Admission {
  readonly limitBytes: number
  #bytes = 0

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** @throws OtlpError 503 / RESOURCE_EXHAUSTED with a time to come back. */
  reserve(bytes: number): void {
    if (this.#bytes + bytes > this.limitBytes)
      throw overloaded('too many request bodies in memory; come back shortly')
    this.#bytes += bytes
  }

  release(bytes: number): void {
    this.#bytes -= bytes
  }
}
