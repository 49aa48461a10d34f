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
