import type { IncomingMessage, ServerResponse } from 'node:http'
import { createSpendApi } from '../api/spend-api.ts'
import type { SpendLedger } from './spend-ledger.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

/** The spend API over a ledger that may not be open yet; until then it says why. */
export function createLedgerApi(ledger: SpendLedger, traceUrl: string | undefined): Handler {
  let api: Handler | undefined
  return async (request, response) => {
    if (ledger.current !== undefined) {
      api ??= createSpendApi(ledger.current, { traceUrl })
      return api(request, response)
    }
    if (request.url?.startsWith('/api/') !== true) return false
    const body = JSON.stringify({ error: { code: 'ledger_unavailable', message: ledger.problem } })
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '10' })
    response.end(body)
    return true
  }
}
