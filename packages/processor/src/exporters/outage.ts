import type { RateLimitedLogger } from '../telemetry/logger.ts'

/** A time in which a destination takes nothing: that it is over is said, too. */
export class Outage {
  readonly #destination: string
  readonly #log: RateLimitedLogger
  /** Records it has taken. */
  accepted = 0
  #since: number | undefined

  constructor(destination: string, log: RateLimitedLogger) {
    this.#destination = destination
    this.#log = log
  }

  begin(): void {
    this.#since ??= performance.now()
  }

  /** It has taken a record. */
  end(): void {
    this.accepted += 1
    if (this.#since === undefined) return
    const seconds = Math.round((performance.now() - this.#since) / 1_000)
    this.#since = undefined
    const details = { destination: this.#destination, afterSeconds: seconds }
    this.#log.info(`again ${this.#destination}`, details, 'delivers again')
  }
}
