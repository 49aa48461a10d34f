import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RollUp } from '../enrichment/roll-up.ts'

/** Writing a full table stops everything else for some 50 ms. */
const INTERVAL_MS = 60_000

/**
 * Keeps what is known of the cost beneath spans over a restart, in a file beside the queue: a parent may arrive after
 * it. What a killed process loses of it, the ledger settles.
 */
export function keepRollUp(rollUp: RollUp, directory: string): { close(): Promise<void> } {
  const path = join(directory, 'roll-up')
  try {
    rollUp.restore(readFileSync(path))
  } catch {
    // None there, or none that can be read: parents of earlier calls go without an inclusive cost.
  }
  const save = (): void => {
    try {
      writeFileSync(`${path}.new`, rollUp.snapshot(), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    } catch {
      // A full disk is the queue's to report.
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
