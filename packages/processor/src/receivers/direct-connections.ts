import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { DirectConnection, type RequestHandler } from './direct-connection.ts'
import type { OpenConnections } from './open-receiver.ts'
import { canReadInto } from './socket-reading.ts'

/**
 * Reads a server's connections ourselves as long as they carry simple requests, and hands them to Node's server otherwise.
 * Returns control over those that have not been handed over.
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
