import type { RateLimitedLogger } from '../telemetry/logger.ts'
import { QueueUnavailableError } from './errors.ts'
import { type FileIdentity, identify } from './file-identity.ts'
import { probeWrite } from './write-probe.ts'

/** Whether a queue's directory can be written to: what went wrong last, and whether that still is so. */
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

  /** Why the last write failed; `undefined` once a write, or a probe, has succeeded. */
  get failure(): Error | undefined {
    return this.#failure
  }

  /** Whether the directory was removed or replaced by another one: nothing may be written any more. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** Notes the outcome of a write. */
  set(failure: Error | undefined): void {
    if (!this.#isLost) this.#failure = failure
  }

  note(what: string, error: Error): void {
    this.set(new QueueUnavailableError(`${what}: ${error.message}`, { cause: error }))
  }

  /** After a failure, tries to write: clients that wait for readiness send nothing, so that no other write would succeed. */
  async probe(): Promise<void> {
    if (!this.#isLost && !(await this.#identity.isThere())) this.#lose()
    if (this.#isLost || this.#failure === undefined) return
    await probeWrite(this.#directory).then(
      () => this.set(undefined),
      () => undefined,
    )
  }

  /** Files in a directory that has no path any more would be lost. */
  #lose(): void {
    const message = `queue directory ${this.#directory} was removed or replaced while in use; restart spanmeter`
    this.set(new QueueUnavailableError(message))
    this.#isLost = true
    this.#log.warn('queue directory', {}, `${message}. Until then, clients are told to retry later`)
  }
}
