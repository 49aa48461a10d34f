import type { Server } from 'node:net'
import { listen } from '../network/listen.ts'
import { onceAborted } from '../once-aborted.ts'
import type { Receiver, ReceiverOptions } from './types.ts'

/** The open connections of a receiver. */
export interface OpenConnections {
  /** Those with nothing under way end now, the others with their next answer. */
  close(): void
  destroy(): void
}

/** Has a server listen where it should. @throws ListenError */
export async function openReceiver(
  server: Server,
  connections: OpenConnections,
  { endpoint, tls, reusePort, maxConnections }: ReceiverOptions,
): Promise<Receiver> {
  server.maxConnections = maxConnections
  const address = await listen(server, endpoint, tls === undefined ? 'http' : 'https', reusePort)
  return { address, close: (deadline) => closeServer(server, connections, deadline) }
}

function closeServer(server: Server, connections: OpenConnections, deadline: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      forgetDeadline()
      resolve()
    })
    connections.close()
    const forgetDeadline = onceAborted(deadline, () => connections.destroy())
  })
}
