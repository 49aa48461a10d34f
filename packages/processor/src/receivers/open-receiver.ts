import type { Server } from 'node:net'
import { listen } from '../network/listen.ts'
import { onceAborted } from '../once-aborted.ts'
import type { Receiver, ReceiverOptions, Transport } from './types.ts'

/** The open connections of a receiver. */
export interface OpenConnections {
  /** Closes connections with nothing under way now, the others after their next answer. */
  close(): void
  destroy(): void
}

/** Lets a server listen at a receiver's endpoint. @throws ListenError */
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
      'refused a connection: limits.max_connections are open already',
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
