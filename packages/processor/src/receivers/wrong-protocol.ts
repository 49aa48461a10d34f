import type { Server as TlsServer } from 'node:tls'
import type { RateLimitedLogger } from '../telemetry/logger.ts'

type ReceiverName = 'HTTP' | 'gRPC'

/** What a client speaks, as far as its first bytes tell. */
function protocolOf(bytes: Buffer): 'TLS' | 'HTTP/1.1' | 'HTTP/2' | undefined {
  if (bytes[0] === 0x16 && bytes[1] === 0x03) return 'TLS'
  const words = bytes.toString('latin1', 0, 16)
  if (words.startsWith('PRI * HTTP/2')) return 'HTTP/2'
  return /^[A-Z]{3,7} [/*]/.test(words) ? 'HTTP/1.1' : undefined
}

const ADVICE: Readonly<Record<ReceiverName, Readonly<Record<string, string>>>> = {
  HTTP: {
    'HTTP/2':
      'gRPC has another port, by default 4317; on this one the protocol is http/protobuf or http/json',
    TLS: 'it has no tls in its configuration: the endpoint of the client begins with http://',
  },
  gRPC: {
    'HTTP/1.1': 'OTLP over HTTP has another port, by default 4318; on this one the protocol is grpc',
    TLS: 'it has no tls in its configuration: the endpoint of the client begins with http://',
  },
}

/** Logs that a client speaks to the wrong receiver, and returns the message; `undefined` if it doesn't. */
export function noteWrongProtocol(
  receiver: ReceiverName,
  firstBytes: Buffer,
  peer: string | undefined,
  log: RateLimitedLogger,
): string | undefined {
  const protocol = protocolOf(firstBytes)
  const advice = protocol && ADVICE[receiver][protocol]
  if (advice === undefined) return undefined
  const message = `a client speaks ${protocol} to the ${receiver} receiver; ${advice}`
  log.warn(`${protocol} to ${receiver}`, { peer }, message)
  return message
}

/** Logs failed handshakes, but not connections that were only opened and closed again, as health checks do. */
export function logTlsErrors(server: TlsServer, receiver: ReceiverName, log: RateLimitedLogger): void {
  server.on('tlsClientError', (error: NodeJS.ErrnoException, { remoteAddress: peer }) => {
    const { code = '', message } = error
    if (!/^ERR_(SSL|TLS)_/.test(code)) return
    const reason =
      code === 'ERR_SSL_HTTP_REQUEST' || code === 'ERR_SSL_WRONG_VERSION_NUMBER'
        ? 'it does not speak TLS; its endpoint should begin with https://'
        : (/:SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message)
    log.warn(
      `tls ${receiver}`,
      { peer },
      `a client can't connect to the ${receiver} receiver by TLS: ${reason}`,
    )
  })
}
