import { setImmediate } from 'node:timers/promises'

/** Long enough to be worth the switch, and short enough not to delay requests. */
const TURN_MS = 5

/** Lets other work have a turn in the middle of long work. */
export class Turns {
  #began = performance.now()

  get isOver(): boolean {
    return performance.now() - this.#began >= TURN_MS
  }

  /** Resolves after all other waiting work has had a turn. */
  async give(): Promise<void> {
    await setImmediate()
    this.#began = performance.now()
  }
}
