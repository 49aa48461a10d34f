import type { MeteredCall } from '../enrichment/metered-call.ts'
import type { CostMetrics } from '../metrics/index.ts'
import { SeenCalls } from '../queue/seen-calls.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'

/** Counts each GenAI call into the cost metrics, once, however often it is sent. */
export interface CallCounter {
  record(calls: readonly MeteredCall[]): void
  close(): void
}

/** @param directory where the calls counted are remembered over a restart; `undefined`: nowhere. */
export function createCallCounter(
  directory: string | undefined,
  costMetrics: CostMetrics,
  telemetry: Telemetry,
): CallCounter {
  const seenCalls = new SeenCalls(directory)
  return {
    record(calls) {
      const fresh = seenCalls.add(calls)
      telemetry.duplicateCalls.add(calls.length - fresh.length)
      costMetrics.record(fresh)
    },
    close: () => seenCalls.close(),
  }
}
