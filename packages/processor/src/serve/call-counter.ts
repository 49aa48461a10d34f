import type { MeteredCall } from '../enrichment/metered-call.ts'
import type { CostMetrics } from '../metrics/cost-metrics.ts'
import { directoryError } from '../queue/errors.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { SeenCalls } from './seen-calls.ts'

/** Counts each GenAI call into the cost metrics once, however often its span is sent. */
export interface CallCounter {
  record(calls: readonly MeteredCall[]): void
  close(): void
}

/**
 * @param directory where counted calls are remembered over a restart; without one they are forgotten.
 * @throws QueueDirectoryError
 */
export function createCallCounter(
  directory: string | undefined,
  costMetrics: CostMetrics,
  telemetry: Telemetry,
): CallCounter {
  const seenCalls = openSeenCalls(directory)
  return {
    record(calls) {
      const fresh = seenCalls.add(calls)
      telemetry.duplicateCalls.add(calls.length - fresh.length)
      costMetrics.record(fresh)
    },
    close: () => seenCalls.close(),
  }
}

function openSeenCalls(directory: string | undefined): SeenCalls {
  try {
    return new SeenCalls(directory)
  } catch (error) {
    throw directory === undefined ? error : directoryError(directory, error as NodeJS.ErrnoException)
  }
}
