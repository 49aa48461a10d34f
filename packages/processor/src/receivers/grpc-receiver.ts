import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { ServerConnection } from '../http2/server-connection.ts'
import { GrpcCall } from './grpc-call.ts'
import { openReceiver } from './open-receiver.ts'
import { canReadInto, readInto } from './socket-reading.ts'
import type { Receiver, ReceiverOptions } from './types.ts'
import { logTlsErrors, noteWrongProtocol } from './wrong-protocol.ts'

/** A connection on which nothing happens for this long is closed. */
const IDLE_TIMEOUT_MS = 300_000
/** Where connections read into. All share it: each uses the bytes up before the next one reads. */
const RECEIVED = Buffer.allocUnsafeSlow(512 * 2 ** 10)

/** OTLP/gRPC, unary. @see https://opentelemetry.io/docs/specs/otlp/#otlpgrpc */
export async function startGrpcReceiver(options: ReceiverOptions): Promise<Receiver> {
  const connections = new Set<ServerConnection>()
  const server = createNetServer(options, (accepted) => {
    if (accepted instanceof TLSSocket && accepted.alpnProtocol !== 'h2') {
      accepted.destroy()
      return
    }
    connections.add(serve(accepted, options, (connection) => connections.delete(connection)))
  })
  const all = {
    close() {
      for (const connection of connections) connection.close()
    },
    destroy() {
      for (const connection of connections) connection.destroy()
    },
  }
  return await openReceiver(server, 'grpc', all, options)
}

function createNetServer({ tls, log }: ReceiverOptions, listener: (socket: Socket) => void): Server {
  if (tls === undefined) return createServer({ noDelay: true, allowHalfOpen: true }, listener)
  const server = createTlsServer({ ...tls.options(), ALPNProtocols: ['h2'], noDelay: true }, listener)
  tls.onReload((secureContext) => server.setSecureContext(secureContext))
  logTlsErrors(server, 'gRPC', log)
  return server
}

function serve(
  accepted: Socket,
  options: ReceiverOptions,
  onClosed: (connection: ServerConnection) => void,
): ServerConnection {
  const isDirect = canReadInto(accepted)
  let isFirst = true
  const receive = (bytes: Buffer): void => {
    if (isFirst) noteWrongProtocol('gRPC', bytes, socket.remoteAddress, options.log)
    isFirst = false
    connection.receive(bytes)
  }
  const socket = isDirect
    ? readInto(accepted, {
        room: () => RECEIVED,
        read(length, into) {
          receive(into.subarray(0, length))
          return true
        },
      })
    : accepted.on('data', receive)
  const silent = setTimeout(() => socket.destroy(), options.readHeaderTimeout)
  const connection = new ServerConnection(socket, {
    request: (stream) => new GrpcCall(stream, options),
    ready: () => clearTimeout(silent),
    closed() {
      clearTimeout(silent)
      onClosed(connection)
    },
  })
  socket.setTimeout(IDLE_TIMEOUT_MS, () => connection.close())
  socket.on('end', () => connection.endOfInput())
  return connection
}
