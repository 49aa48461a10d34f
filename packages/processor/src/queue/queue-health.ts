import type { RateLimitedLogger } from '../telemetry/logger.ts'
import { QueueUnavailableError } from './errors.ts'
import { type FileIdentity, identify } from './file-identity.ts'
import { probeWrite } from './write-probe.ts'

/** Whether a queue's directory can be written to: what went wrong last, and whether that is over. */
export class QueueHealth {
  readonly #directory: string
  readonly #identity: FileIdentity
  readonly #log: RateLimitedLogger
  #failure: Error | undefined
  #isLost = false

  private constructor(directory: string, identity: FileIdentity, log: RateLimitedLogger) {
    this.#directory = directory
    this.#identity = identity
    this.#log = log
  }

  static async of(directory: string, log: RateLimitedLogger): Promise<QueueHealth> {
    return new QueueHealth(directory, await identify(directory), log)
  }

  /** Why the last write failed; `undefined` once one has succeeded again, be it a probe. */
  get failure(): Error | undefined {
    return this.#failure
  }

  /** Another directory is in the place of its own, or none: nothing may be written any more. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** The outcome of a write. */
  set(failure: Error | undefined): void {
    if (!this.#isLost) this.#failure = failure
  }

  note(what: string, error: Error): void {
    this.set(new QueueUnavailableError(`${what}: ${error.message}`, { cause: error }))
  }

  /** Who waits for it to be ready may send nothing until it is: then nothing else would find out. */
  async probe(): Promise<void> {
    if (!this.#isLost && !(await this.#identity.isThere())) this.#lose()
    if (this.#isLost || this.#failure === undefined) return
    await probeWrite(this.#directory).then(
      () => this.set(undefined),
      () => undefined,
    )
  }

  /** What goes into files that nobody can find again is not safe. */
  #lose(): void {
    const message = `queue directory ${this.#directory} was removed or replaced while in use; restart spanmeter`
    this.set(new QueueUnavailableError(message))
    this.#isLost = true
    this.#log.warn('queue directory', {}, `${message}. Until then clients are told to come back`)
  }
}
