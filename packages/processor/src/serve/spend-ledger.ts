import { type Ledger, type LedgerOptions, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import type { Config, LedgerConfig } from '../config/types.ts'
import { type FileIdentity, identify } from '../queue/file-identity.ts'
import type { Logger } from '../telemetry/logger.ts'

/**
 * The ledger, opened as soon as that is possible. A file that is locked, damaged or on a full disk must not keep traces
 * from being forwarded; until it can be opened, spans wait in the queue, which keeps trying.
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

/** DuckDB uses all that it is allowed to. Views of ten million calls need no more than this. */
const DUCKDB_MEMORY_SHARE = 0.25
const MAX_DUCKDB_BYTES = 256 * 2 ** 20

type ConfigWithLedger = Config & { readonly ledger: LedgerConfig }

/** Options for opening a configuration's ledger for writing. */
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
        logger.info({ path: options.path }, 'the ledger is available again; waiting spans are written now')
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
      // Spans written into a file that has been unlinked would be lost; in the queue they are not.
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
