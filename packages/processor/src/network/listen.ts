import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'

/** An endpoint can't be listened on; the message says what to do. */
class ListenError extends Error {
  override readonly name = 'ListenError'
}

interface HostAndPort {
  readonly host: string
  readonly port: number
}

/** Reads `host:port`, `[::1]:port` or `:port` (all interfaces). */
export function parseEndpoint(endpoint: string): HostAndPort {
  const separator = endpoint.lastIndexOf(':')
  const host = endpoint.slice(0, separator).replace(/^\[|\]$/g, '')
  return { host: host === '' ? '::' : host, port: Number(endpoint.slice(separator + 1)) }
}

/** Where clients on this machine reach an endpoint. */
export function endpointUrl(scheme: 'http' | 'https', { host, port }: HostAndPort): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/**
 * Lets a server listen. Resolves to the URL for clients, with the port that was really taken.
 *
 * @throws ListenError
 */
export function listen(
  server: Server,
  endpoint: string,
  scheme: 'http' | 'https',
  reusePort = false,
): Promise<string> {
  const { host, port } = parseEndpoint(endpoint)
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(endpoint, error)))
    server.listen({ host, port, reusePort }, () => {
      resolve(endpointUrl(scheme, { host, port: (server.address() as AddressInfo).port }))
    })
  })
}

/**
 * Makes sure that no other program listens at an endpoint, by listening there exclusively for a moment. Otherwise our workers,
 * which share their port, would share it with the other program, too, and it would get part of the connections.
 *
 * @throws ListenError
 */
export async function refuseTakenPort(endpoint: string): Promise<void> {
  const server = createServer()
  await listen(server, endpoint, 'http')
  server.close()
  await once(server, 'close')
}

function listenError(endpoint: string, error: NodeJS.ErrnoException): ListenError {
  const advice: Record<string, string> = {
    EADDRINUSE:
      'the port is taken, by another program or another endpoint of this configuration; free it, or set another (port 0 takes any free one)',
    ENOTSUP: 'this system has no SO_REUSEPORT, which several workers need; set workers to 1',
    EACCES: 'this user is not allowed to; ports below 1024 need privileges',
    EADDRNOTAVAIL: 'this machine has no such address',
    ENOTFOUND: 'there is no such host name',
  }
  return new ListenError(`cannot listen on ${endpoint}: ${advice[error.code ?? ''] ?? error.message}`, {
    cause: error,
  })
}
