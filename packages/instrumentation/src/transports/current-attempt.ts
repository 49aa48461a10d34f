import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, context, createContextKey } from '@opentelemetry/api'
import type { Attempt } from '../call/attempt.ts'

const ATTEMPT = createContextKey('spanmeter.attempt')

/** For apps without a context manager, where OpenTelemetry's `context.with` makes nothing active. */
const withoutManager = new AsyncLocalStorage<Attempt>()

/**
 * Runs what carries the attempt out, with its context active. The attempt travels in that context, so that the
 * transports beneath the one that saw it first (undici under fetch) report to it instead of opening another. A storage
 * of our own would double the cost: Node copies all storages whenever one is entered.
 */
export function carryOut<T>(attempt: Attempt, run: () => T): T {
  const carrying = new CarryingContext(attempt)
  return context.with(carrying, () =>
    context.active().getValue(ATTEMPT) === attempt ? run() : withoutManager.run(attempt, run),
  )
}

/** The context of an attempt, with the attempt in it. OpenTelemetry's `setValue` would copy all its entries. */
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
