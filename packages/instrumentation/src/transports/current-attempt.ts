import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, context, createContextKey } from '@opentelemetry/api'
import type { Attempt } from '../call/attempt.ts'

const ATTEMPT = createContextKey('spanmeter.attempt')

/** For apps whose OpenTelemetry carries no context: without a context manager, what is made active isn't. */
const withoutManager = new AsyncLocalStorage<Attempt>()

/**
 * Runs what carries the attempt out, with its context active. The attempt travels in that context, so that the
 * transports beneath the one that saw it first, undici under fetch, report to it instead of opening another: a storage
 * of our own would cost as much again, since Node copies all of them for each that is entered.
 */
export function carryOut<T>(attempt: Attempt, run: () => T): T {
  const carrying = new CarryingContext(attempt)
  return context.with(carrying, () =>
    context.active().getValue(ATTEMPT) === attempt ? run() : withoutManager.run(attempt, run),
  )
}

/** The context of an attempt with the attempt in it: OpenTelemetry's own copies all that there is. */
class CarryingContext implements Context {
  readonly #attempt: Attempt
  readonly #context: Context

  constructor(attempt: Attempt) {
    this.#attempt = attempt
    this.#context = attempt.context
  }

  getValue(key: symbol): unknown {
    return key === ATTEMPT ? this.#attempt : this.#context.getValue(key)
  }

  setValue(key: symbol, value: unknown): Context {
    return this.#context.setValue(ATTEMPT, this.#attempt).setValue(key, value)
  }

  deleteValue(key: symbol): Context {
    const all = this.#context.setValue(ATTEMPT, this.#attempt)
    return all.deleteValue(key)
  }
}

/** The attempt that the code running now carries out. */
export function currentAttempt(): Attempt | undefined {
  return attemptIn(context.active()) ?? withoutManager.getStore()
}

export function attemptIn(active: Context): Attempt | undefined {
  return active.getValue(ATTEMPT) as Attempt | undefined
}
