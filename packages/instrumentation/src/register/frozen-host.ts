import { readPositiveNumber } from '../environment-values.ts'

/** Functions of AWS Lambda, and of Vercel, which has them there, are frozen once they have answered: until the next request or for ever. */
export function isFrozenWhenIdle(): boolean {
  return ['AWS_LAMBDA_FUNCTION_NAME', 'VERCEL'].some((name) => process.env[name] !== undefined)
}

/** How long what is finished waits for more to be sent along: there, it doesn't. */
export function readScheduledDelay(variable: string): { scheduledDelayMillis?: number } {
  const scheduledDelayMillis = readPositiveNumber(variable) ?? (isFrozenWhenIdle() ? 1 : undefined)
  return scheduledDelayMillis === undefined ? {} : { scheduledDelayMillis }
}

/** What is finished while it is under way goes with the next batch: an exporter refuses more than a few at a time. */
export function oneFlushAtATime(processor: { forceFlush(): Promise<void> }): () => void {
  let isUnderWay = false
  return () => {
    if (isUnderWay) return
    isUnderWay = true
    processor
      .forceFlush()
      // Told as that of any export is.
      .catch(() => {})
      .finally(() => {
        isUnderWay = false
      })
  }
}
