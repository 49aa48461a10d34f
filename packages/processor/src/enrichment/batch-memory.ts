import { sharedTotalsMemory } from './latest-totals.ts'
import { sharedRecentCallsMemory } from './recent-calls.ts'
import { RepeatedCalls } from './repeated-calls.ts'
import { ROLL_UP_CAPACITY, RollUp } from './roll-up.ts'
import { sharedRollUpMemory } from './roll-up-store.ts'
import { RunningTotals } from './running-totals.ts'

/** What is remembered from batch to batch. It survives a reload of the configuration, and threads may share it. */
export interface BatchMemory {
  readonly rollUp: RollUp
  readonly repeatedCalls: RepeatedCalls
  readonly runningTotals: RunningTotals
}

/** Its memory, for threads that see parts of the same traces. */
export type SharedBatchMemory = { readonly [Part in keyof BatchMemory]: SharedArrayBuffer }

export function sharedBatchMemory(): SharedBatchMemory {
  return {
    rollUp: sharedRollUpMemory(ROLL_UP_CAPACITY),
    repeatedCalls: sharedRecentCallsMemory(),
    runningTotals: sharedTotalsMemory(),
  }
}

export function openBatchMemory(shared?: SharedBatchMemory): BatchMemory {
  return {
    rollUp: new RollUp(ROLL_UP_CAPACITY, shared?.rollUp),
    repeatedCalls: new RepeatedCalls(shared?.repeatedCalls),
    runningTotals: new RunningTotals(shared?.runningTotals),
  }
}
