import { createServer, type IncomingMessage } from 'node:http'
import { type PerMessageDeflateOptions, type WebSocket, WebSocketServer } from 'ws'
import { listen } from './listen.ts'

export interface WebSocketStandIn {
  /** `ws://127.0.0.1:...` */
  readonly url: string
  /** Of the handshakes so far. */
  readonly handshakes: IncomingMessage[]
  close(): Promise<void>
}

/** @param converse what the server does on each connection. */
export async function startWebSocketServer(
  converse: (socket: WebSocket, request: IncomingMessage) => void,
  perMessageDeflate: boolean | PerMessageDeflateOptions = false,
): Promise<WebSocketStandIn> {
  const http = createServer()
  const server = new WebSocketServer({ server: http, perMessageDeflate })
  const handshakes: IncomingMessage[] = []
  server.on('connection', (socket, request) => {
    handshakes.push(request)
    converse(socket, request)
  })
  return {
    url: (await listen(http)).replace('http', 'ws'),
    handshakes,
    async close() {
      for (const client of server.clients) client.terminate()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

/** Answers each message that the client sends, JSON both ways. */
export function answering(
  answer: (message: Record<string, unknown>, send: (event: object) => void, socket: WebSocket) => void,
): (socket: WebSocket) => void {
  return (socket) => {
    const send = (event: object): void => socket.send(JSON.stringify(event))
    socket.on('message', (data) => answer(JSON.parse(String(data)) as Record<string, unknown>, send, socket))
  }
}
