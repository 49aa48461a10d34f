import { type Ledger, type LedgerOptions, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import type { Config, LedgerConfig } from '../config/types.ts'
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

/** DuckDB takes what it is given: leave the rest to requests and the queue. Views of ten million calls take no more. */
const DUCKDB_MEMORY_SHARE = 0.25
const MAX_DUCKDB_BYTES = 256 * 2 ** 20

type ConfigWithLedger = Config & { readonly ledger: LedgerConfig }

/** The ledger of a configuration, to be written. */
export function ledgerOptions({
  ledger: { path, retention },
  attribution,
  limits,
}: ConfigWithLedger): LedgerOptions {
  const requiredKeys = attribution.contract?.required
  const memory = Math.min(MAX_DUCKDB_BYTES, limits.memory * DUCKDB_MEMORY_SHARE)
  return {
    path,
    memoryLimit: Math.floor(memory),
    ...(retention === undefined ? {} : { retention }),
    ...(requiredKeys === undefined ? {} : { requiredKeys }),
  }
}

export async function openSpendLedger(config: ConfigWithLedger, logger: Logger): Promise<SpendLedger> {
  let ledger: Ledger | undefined
  let problem: string | undefined
  let opening: Promise<Ledger> | undefined
  const options = ledgerOptions(config)
  const open = async (): Promise<Ledger> => {
    try {
      ledger = await openLedger(options)
      if (problem !== undefined)
        logger.info({ path: options.path }, 'the ledger is available; what waited comes in')
      problem = undefined
      return ledger
    } catch (error) {
      opening = undefined
      problem = (error as Error).message
      throw error
    }
  }
  const opened = (): Promise<Ledger> => {
    opening ??= open()
    return opening
  }
  await opened().catch((error: unknown) =>
    logger.error({ err: error }, 'the ledger is not available; spans wait in the queue'),
  )
  return {
    async append(spans) {
      await (await opened()).append(spans)
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
