import { ErrorCode, Http2Error } from './frames.ts'

/** How many frames without a message may come in at once; after that, how many per second and per message. */
const BURST = 1_000
const PER_SECOND = 50
const PER_MESSAGE = 10

/** Ends connections that keep us busy with anything but messages: resets, pings, settings, empty frames. */
export class FloodGuard {
  #left = BURST
  #since = performance.now()

  /** Whether more than half of the allowance is used up. */
  get isStrained(): boolean {
    return this.#left < BURST / 2
  }

  /** To be called for each complete message. */
  credit(): void {
    this.#left = Math.min(BURST, this.#left + PER_MESSAGE)
  }

  /** To be called for each frame without a message. @throws Http2Error ENHANCE_YOUR_CALM */
  note(): void {
    this.#left -= 1
    if (this.#left >= 0) return
    const now = performance.now()
    this.#left = Math.min(BURST, ((now - this.#since) / 1_000) * PER_SECOND) - 1
    this.#since = now
    if (this.#left < 0) throw new Http2Error(ErrorCode.enhanceYourCalm, 'too many frames without a message')
  }
}
