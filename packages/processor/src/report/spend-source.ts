import { copyFile } from 'node:fs/promises'
import {
  type ExportFormat,
  LedgerError,
  openLedger,
  type Selection,
  type SqlResult,
  type ViewQuery,
  type ViewResult,
} from '@spanmeter/ledger'
import { loadConfig } from '../config/load-config.ts'
import { endpointUrl, parseEndpoint } from '../network/listen.ts'
import { createRemoteSource, whyUnreachable } from './remote-source.ts'

/** Where a command reads spend from: a running processor, or the ledger's file. */
export interface SpendSource {
  view(name: string, query: ViewQuery): Promise<ViewResult>
  sql(statement: string, limit: number): Promise<SqlResult>
  /** Writes the calls of a selection to a file. */
  exportTo(path: string, format: ExportFormat, selection: Selection): Promise<void>
  close(): Promise<void>
}

export interface SourceOptions {
  readonly config?: string
  readonly ledger?: string
  readonly endpoint?: string
}

/**
 * Opens the source of a command. Only one process at a time can open a DuckDB file: if a processor is running, its API is asked,
 * otherwise the file is opened.
 *
 * @throws LedgerError naming both places that were tried
 */
export async function openSpendSource(options: SourceOptions): Promise<SpendSource> {
  if (options.endpoint !== undefined) return createRemoteSource(options.endpoint)
  const { ledger, web, attribution } = loadConfig(options.config)
  const path = options.ledger ?? ledger?.path
  if (path === undefined)
    throw new LedgerError('ledger_missing', 'the configuration has no ledger: name one with --ledger')
  try {
    return await openFile(path, attribution.contract?.required)
  } catch (error) {
    const isElsewhere =
      error instanceof LedgerError && ['ledger_locked', 'ledger_missing'].includes(error.code)
    if (!isElsewhere || options.ledger !== undefined || web === undefined) throw error
    const endpoint = endpointUrl(web.tls === undefined ? 'http' : 'https', parseEndpoint(web.endpoint))
    const unreachable = await whyUnreachable(endpoint)
    if (unreachable === undefined) return createRemoteSource(endpoint)
    throw new LedgerError(error.code, `${error.message}\n${unreachable.message}`, { cause: error })
  }
}

async function openFile(path: string, requiredKeys: readonly string[] | undefined): Promise<SpendSource> {
  const ledger = await openLedger({ path, readOnly: true, ...(requiredKeys && { requiredKeys }) })
  return {
    view: (name, query) => ledger.view(name, query),
    sql: (statement, limit) => ledger.sql(statement, limit),
    async exportTo(target, format, selection) {
      const file = await ledger.export(format, selection)
      try {
        await copyFile(file.path, target)
      } finally {
        await file.remove()
      }
    },
    close: () => ledger.close(),
  }
}
