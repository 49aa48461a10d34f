import { setImmediate } from 'node:timers/promises'

/** Long enough to be worth the change, short enough that no request waits for it. */
const TURN_MS = 5

/** Lets everything else have a turn in the midst of long work. */
export class Turns {
  #began = performance.now()

  get isOver(): boolean {
    return performance.now() - this.#began >= TURN_MS
  }

  /** Resolves once everything else has had one. */
  async give(): Promise<void> {
    await setImmediate()
    this.#began = performance.now()
  }
}
