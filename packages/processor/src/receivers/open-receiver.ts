import type { Server } from 'node:net'
import { listen } from '../network/listen.ts'
import { onceAborted } from '../once-aborted.ts'
import type { Receiver, ReceiverOptions, Transport } from './types.ts'

/** The open connections of a receiver. */
export interface OpenConnections {
  /** Those with nothing under way end now, the others with their next answer. */
  close(): void
  destroy(): void
}

/** Has a server listen where it should. @throws ListenError */
export async function openReceiver(
  server: Server,
  transport: Transport,
  connections: OpenConnections,
  { endpoint, tls, reusePort, maxConnections, telemetry, log }: ReceiverOptions,
): Promise<Receiver> {
  server.maxConnections = maxConnections
  server.on('drop', () => {
    telemetry.refusedConnections.add(1, transport)
    log.warn(
      `connections ${transport}`,
      { endpoint, maxConnections },
      'refused a connection: as many are open as limits.max_connections allows',
    )
  })
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
