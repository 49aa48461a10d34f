import type { ServerResponse } from 'node:http'
import { LedgerError } from '@spanmeter/ledger'

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body))
}

export function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { error: { code, message } })
}

/** Answers an error of the ledger: 400 for a wrong query, 503 for everything else, which may work later. */
export function sendLedgerError(response: ServerResponse, error: unknown): void {
  if (!(error instanceof LedgerError)) throw error
  sendError(response, error.code === 'ledger_invalid_query' ? 400 : 503, error.code, error.message)
}
