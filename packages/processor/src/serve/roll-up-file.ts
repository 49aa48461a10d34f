import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RollUp } from '../enrichment/roll-up.ts'

/** Not more often: writing a full table blocks the thread for some 50 ms. */
const INTERVAL_MS = 60_000

/**
 * Keeps the cost beneath spans over a restart, in a file beside the queue, as a parent span may arrive after the restart.
 * Where a process is killed and the file is out of date, the ledger still works out the right inclusive costs.
 */
export function keepRollUp(rollUp: RollUp, directory: string): { close(): Promise<void> } {
  const path = join(directory, 'roll-up')
  try {
    rollUp.restore(readFileSync(path))
  } catch {
    // There is no file, or it can't be read: parents of earlier calls get no inclusive cost.
  }
  const save = (): void => {
    try {
      writeFileSync(`${path}.new`, rollUp.snapshot(), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    } catch {
      // The queue reports a full disk.
    }
  }
  const timer = setInterval(save, INTERVAL_MS).unref()
  return {
    async close() {
      clearInterval(timer)
      save()
    },
  }
}
