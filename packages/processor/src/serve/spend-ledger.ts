import { type Ledger, type LedgerOptions, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import type { Config, LedgerConfig } from '../config/types.ts'
import { type FileIdentity, identify } from '../queue/file-identity.ts'
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

class LedgerRemovedError extends Error {
  override readonly name = 'LedgerRemovedError'
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
  let file: FileIdentity | undefined
  const options = ledgerOptions(config)
  const open = async (): Promise<Ledger> => {
    try {
      ledger = await openLedger(options)
      file = await identify(options.path).catch(() => undefined)
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
      const open = await opened()
      // What goes into a file that nobody can find again would be lost; in the queue it is not.
      if ((await file?.isThere()) === false) {
        throw new LedgerRemovedError(
          `ledger ${options.path} was removed or replaced while in use; restart spanmeter, spans wait in the queue`,
        )
      }
      await open.append(spans)
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
