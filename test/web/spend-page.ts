import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ledger, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import { build } from 'vite'
import { createSpendApi } from '../../packages/processor/src/api/spend-api.ts'
import { createLogger, rateLimited } from '../../packages/processor/src/telemetry/logger.ts'
import { startWebServer } from '../../packages/processor/src/web/web-server.ts'

export interface SpendPage {
  address: string
  ledger: Ledger
  close: () => Promise<void>
}

/** Builds the page as `npm run build` does. */
export async function buildSpendPage(): Promise<void> {
  await build({ root: join(import.meta.dirname, '../../packages/web'), logLevel: 'error' })
}

/** The processor's own web server and API over a ledger of its own, filled with `spans`. */
export async function startSpendPage(spans: readonly LedgerSpan[], port = 0): Promise<SpendPage> {
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-web-'))
  const ledger = await openLedger({ path: join(directory, 'ledger.duckdb') })
  await ledger.append(spans)
  const server = await startWebServer({
    endpoint: `127.0.0.1:${port}`,
    authenticate: () => undefined,
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
