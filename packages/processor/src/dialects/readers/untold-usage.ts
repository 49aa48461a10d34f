import type { DialectReading } from '../types.ts'

/** Takes out zeros that an emitter states of an answer whose usage it wasn't told: no answer has neither input nor output. */
export function takeBackZeros(reading: DialectReading): void {
  const { usage = {}, totalTokens = 0 } = reading
  if (totalTokens > 0 || Object.values(usage).some((amount = 0) => amount > 0)) return
  delete reading.usage
  delete reading.totalTokens
}
