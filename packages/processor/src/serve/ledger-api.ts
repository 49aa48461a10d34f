import { sendError } from '../api/reply.ts'
import { createSpendApi, type SpendApi } from '../api/spend-api.ts'
import type { SpendLedger } from './spend-ledger.ts'

/** The spend API over a ledger that may not be open yet, or switched off: it then answers that. */
export function createLedgerApi(ledger: SpendLedger | undefined, traceUrl: string | undefined): SpendApi {
  let api: SpendApi | undefined
  return async (request, response) => {
    if (ledger?.current !== undefined) {
      api ??= createSpendApi(ledger.current, { traceUrl })
      return api(request, response)
    }
    if (request.url?.startsWith('/api/') !== true) return false
    if (ledger === undefined) sendError(response, 404, 'no_ledger', 'this spanmeter keeps no ledger')
    else {
      response.setHeader('retry-after', '10')
      sendError(response, 503, 'ledger_unavailable', ledger.problem ?? 'the ledger is not open yet')
    }
    return true
  }
}
