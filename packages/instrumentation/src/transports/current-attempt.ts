import { AsyncLocalStorage } from 'node:async_hooks'
import type { Attempt } from '../call/attempt.ts'

/**
 * The attempt that the code running now carries out: set by the transport that saw it first, so that the ones beneath
 * it, undici under fetch, report to it instead of opening another.
 */
export const currentAttempt: AsyncLocalStorage<Attempt | undefined> = new AsyncLocalStorage()
