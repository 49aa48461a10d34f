import { createServer } from 'node:http'
import type { Ledger } from '@spanmeter/ledger'
import { onTestFinished } from 'vitest'
import { listenLocally } from '../../../../test/support/listen-locally.ts'
import { createSpendApi, type SpendApiOptions } from '../../src/api/spend-api.ts'

/** Serves the API over a ledger on a port of its own; resolves to its address. */
export async function serveSpend(ledger: Ledger, options?: SpendApiOptions): Promise<string> {
  const api = createSpendApi(ledger, options)
  const server = createServer((request, response) => {
    void api(request, response).then((answered) => {
      if (!answered) response.writeHead(404).end('elsewhere')
    })
  })
  const port = await listenLocally(server)
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${port}`
}
