import { readPositiveNumber } from '../environment-values.ts'

/**
 * Functions on AWS Lambda, and on Vercel, which uses it, are frozen once they have answered: until the next request or
 * for ever.
 */
export function isFrozenWhenIdle(): boolean {
  return ['AWS_LAMBDA_FUNCTION_NAME', 'VERCEL'].some((name) => process.env[name] !== undefined)
}

/** How long a finished item waits for others to be sent along. On such a host, it doesn't. */
export function readScheduledDelay(variable: string): { scheduledDelayMillis?: number } {
  const scheduledDelayMillis = readPositiveNumber(variable) ?? (isFrozenWhenIdle() ? 1 : undefined)
  return scheduledDelayMillis === undefined ? {} : { scheduledDelayMillis }
}

/** Exporters refuse more than a few exports at a time: what is finished during a flush goes with the next one. */
export function oneFlushAtATime(processor: { forceFlush(): Promise<void> }): () => void {
  let isUnderWay = false
  return () => {
    if (isUnderWay) return
    isUnderWay = true
    processor
      .forceFlush()
      // A failure is reported where exports are.
      .catch(() => {})
      .finally(() => {
        isUnderWay = false
      })
  }
}
