import { type Ledger, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import type { LedgerConfig } from '../config/types.ts'
import type { Logger } from '../telemetry/logger.ts'

/**
 * The ledger, opened when it can be: a file that is locked, damaged or on a full disk must not keep traces from being
 * forwarded. Spans meanwhile wait in the queue, which asks again.
 */
export interface SpendLedger {
  append(spans: readonly LedgerSpan[]): Promise<void>
  /** `undefined` while it can't be opened; `problem` then says why. */
  readonly current: Ledger | undefined
  readonly problem: string | undefined
  close(): Promise<void>
}

export async function openSpendLedger(
  { path, retention }: LedgerConfig,
  logger: Logger,
): Promise<SpendLedger> {
  let ledger: Ledger | undefined
  let problem: string | undefined
  const open = async (): Promise<Ledger> => {
    if (ledger !== undefined) return ledger
    try {
      ledger = await openLedger({ path, ...(retention === undefined ? {} : { retention }) })
      problem = undefined
      return ledger
    } catch (error) {
      problem = (error as Error).message
      throw error
    }
  }
  await open().catch((error: unknown) =>
    logger.error({ err: error }, 'the ledger is not available; spans wait in the queue'),
  )
  return {
    async append(spans) {
      await (await open()).append(spans)
    },
    get current() {
      return ledger
    },
    get problem() {
      return problem
    },
    async close() {
      await ledger?.close()
    },
  }
}
