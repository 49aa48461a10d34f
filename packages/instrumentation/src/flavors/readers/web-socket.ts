import type { RequestHead } from '../../wire/types.ts'

/** Whether a request is the handshake of a WebSocket connection: RFC 6455, section 4.1. */
export function opensWebSocket(request: RequestHead): boolean {
  return request.method === 'GET' && request.header('upgrade')?.toLowerCase() === 'websocket'
}
