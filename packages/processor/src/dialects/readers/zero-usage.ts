import type { DialectReading } from '../types.ts'

/** Drops zeros that an emitter writes where it doesn't know the usage: no answer has neither input nor output. */
export function dropZeroUsage(reading: DialectReading): void {
  const { usage = {}, totalTokens = 0 } = reading
  if (totalTokens > 0 || Object.values(usage).some((amount = 0) => amount > 0)) return
  delete reading.usage
  delete reading.totalTokens
}
