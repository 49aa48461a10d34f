import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { DirectConnection, type RequestHandler } from './direct-connection.ts'
import type { OpenConnections } from './open-receiver.ts'
import { canReadInto } from './socket-reading.ts'

/**
 * Stands before Node's own reading of a server's connections, which go to it once they ask for more than we read. Returns
 * those that haven't.
 */
export function serveDirectly(
  server: Server,
  handler: RequestHandler,
  checkInterval: number,
): OpenConnections {
  const serveByNode = server.rawListeners('connection') as ((this: Server, socket: Socket) => void)[]
  server.removeAllListeners('connection')
  const handOver = (socket: Socket, unread: Buffer): void => {
    if (unread.byteLength > 0) socket.unshift(unread)
    for (const listener of serveByNode) listener.call(server, socket)
  }
  const connections = new Set<DirectConnection>()
  const closed = (connection: DirectConnection): void => {
    connections.delete(connection)
  }
  server.on('connection', (socket) => {
    if (canReadInto(socket)) connections.add(new DirectConnection(socket, { ...handler, handOver, closed }))
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
