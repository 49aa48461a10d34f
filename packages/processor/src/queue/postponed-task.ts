/** A task that runs some time after it was first asked for: while nobody asks, nothing wakes the process. */
export class PostponedTask {
  readonly #milliseconds: number
  readonly #task: () => void
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(milliseconds: number, task: () => void) {
    this.#milliseconds = milliseconds
    this.#task = task
  }

  ask(): void {
    if (this.#isClosed) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#task()
    }, this.#milliseconds).unref()
  }

  /** It runs no more. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }
}
