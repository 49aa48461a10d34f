import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Ledger, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import { createSpendApi } from '../../packages/processor/src/api/spend-api.ts'
import { createLogger, rateLimited } from '../../packages/processor/src/telemetry/logger.ts'
import { startWebServer } from '../../packages/processor/src/web/web-server.ts'

export interface SpendPage {
  address: string
  ledger: Ledger
  close: () => Promise<void>
}

const PACKAGE = join(import.meta.dirname, '../../packages/web')

/**
 * Builds the page if a source is newer than the build. What an earlier build left is not deleted: a test beside this one
 * may be reading it.
 */
export async function buildSpendPage(): Promise<void> {
  const modified = async (file: string): Promise<number> =>
    (await stat(file).catch(() => undefined))?.mtimeMs ?? 0
  const sources = await readdir(join(PACKAGE, 'src'), { recursive: true, withFileTypes: true })
  const times = await Promise.all(sources.map(({ parentPath, name }) => modified(join(parentPath, name))))
  const pages = await Promise.all(
    ['index.html', 'vite.config.ts'].map((name) => modified(join(PACKAGE, name))),
  )
  if (Math.max(...times, ...pages) < (await modified(join(PACKAGE, 'dist/index.html')))) return
  await promisify(execFile)('npm', ['run', 'build', '--', '--emptyOutDir=false'], { cwd: PACKAGE })
}

/** The processor's own web server and API over a ledger of its own, filled with `spans`. */
export async function startSpendPage(spans: readonly LedgerSpan[], port = 0): Promise<SpendPage> {
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-web-'))
  const ledger = await openLedger({ path: join(directory, 'ledger.duckdb') })
  await ledger.append(spans)
  const server = await startWebServer({
    endpoint: `127.0.0.1:${port}`,
    authenticate: () => ({}),
    isOpen: true,
    tls: undefined,
    api: createSpendApi(ledger, { traceUrl: 'http://127.0.0.1:16686/trace/{trace_id}' }),
    metrics: () => '',
    notReady: () => [],
    log: rateLimited(createLogger()),
  })
  return {
    address: server.address,
    ledger,
    async close() {
      await server.close()
      await ledger.close()
      await rm(directory, { recursive: true })
    },
  }
}
