import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { DirectConnection, type DirectHandler } from './direct-connection.ts'
import { canReadInto } from './socket-reading.ts'

export type ConnectionHandler = Omit<DirectHandler, 'handOver' | 'closed'>

/** The connections that Node's server hasn't been given. */
export interface DirectConnections {
  /** Those with nothing under way end now, the others with their next answer. */
  close(): void
  destroy(): void
}

/** Stands before Node's own reading of a server's connections, which go to it once they ask for more than we read. */
export function serveDirectly(
  server: Server,
  handler: ConnectionHandler,
  checkInterval: number,
): DirectConnections {
  const serveByNode = server.rawListeners('connection') as ((this: Server, socket: Socket) => void)[]
  server.removeAllListeners('connection')
  const handOver = (socket: Socket, unread: Buffer): void => {
    if (unread.byteLength > 0) socket.unshift(unread)
    for (const listener of serveByNode) listener.call(server, socket)
  }
  const connections = new Set<DirectConnection>()
  const directHandler: DirectHandler = {
    ...handler,
    handOver,
    closed: (connection) => connections.delete(connection),
  }
  server.on('connection', (socket) => {
    if (canReadInto(socket)) connections.add(new DirectConnection(socket, directHandler))
    else handOver(socket, Buffer.alloc(0))
  })
  const checks = setInterval(() => {
    const now = performance.now()
    for (const connection of connections) connection.checkDeadline(now)
  }, checkInterval)
  checks.unref()
  server.once('close', () => clearInterval(checks))
  return {
    close() {
      for (const connection of connections) connection.closeWhenIdle()
    },
    destroy() {
      for (const connection of connections) connection.destroy()
    },
  }
}
