import { ConfigError } from '../config/config-file.ts'
import type { Config } from '../config/types.ts'
import { parseEndpoint } from '../network/listen.ts'

/**
 * Refuses two servers at one address: the second could not start, or, where workers share their ports, each would get half
 * of the other's connections.
 *
 * @throws ConfigError
 */
export function refuseSharedPort({ receivers, web }: Config): void {
  const sections = [
    { name: 'receivers.otlp.protocols.http', endpoint: receivers.http?.endpoint },
    { name: 'receivers.otlp.protocols.grpc', endpoint: receivers.grpc?.endpoint },
    { name: 'web', endpoint: web?.endpoint },
  ]
  sections.forEach((one, index) => {
    const other = sections.slice(index + 1).find(({ endpoint }) => clash(one.endpoint, endpoint))
    if (other === undefined) return
    throw new ConfigError(
      `${one.name} and ${other.name} both listen on ${one.endpoint}; set the endpoint of one to another port`,
    )
  })
}

function clash(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false
  const [a, b] = [parseEndpoint(one), parseEndpoint(other)]
  // Port 0 stands for any free port.
  return a.port === b.port && a.port !== 0 && (covers(a.host, b.host) || covers(b.host, a.host))
}

function covers(host: string, other: string): boolean {
  return host === other || host === '::' || (host === '0.0.0.0' && !other.includes(':'))
}
