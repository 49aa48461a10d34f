import { overloaded } from '../protocol/otlp-error.ts'

/** Limits the bytes of request bodies that are in memory at one time, over all connections and both transports. */
export class Admission {
  readonly limitBytes: number
  #bytes = 0

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** @throws OtlpError 503 / RESOURCE_EXHAUSTED with a delay after which to retry. */
  reserve(bytes: number): void {
    if (this.#bytes + bytes > this.limitBytes)
      throw overloaded('too many request bodies in memory; retry shortly')
    this.#bytes += bytes
  }

  release(bytes: number): void {
    this.#bytes -= bytes
  }
}
