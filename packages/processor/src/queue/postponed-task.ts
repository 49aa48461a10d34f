/** A task that runs some time after it was first asked for. Unlike an interval, it doesn't wake up an idle process. */
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

  /** The task runs no more. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }
}
