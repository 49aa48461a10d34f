import type { RateLimitedLogger } from '../telemetry/logger.ts'

/** Tracks whether a destination is down, and logs when it is up again. */
export class Outage {
  readonly #destination: string
  readonly #log: RateLimitedLogger
  /** How many records the destination has accepted. */
  accepted = 0
  #since: number | undefined

  constructor(destination: string, log: RateLimitedLogger) {
    this.#destination = destination
    this.#log = log
  }

  begin(): void {
    this.#since ??= performance.now()
  }

  /** To be called for each record that the destination has accepted. */
  end(): void {
    this.accepted += 1
    if (this.#since === undefined) return
    const seconds = Math.round((performance.now() - this.#since) / 1_000)
    this.#since = undefined
    const details = { destination: this.#destination, afterSeconds: seconds }
    this.#log.info(`again ${this.#destination}`, details, 'delivers again')
  }
}
