import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls, type SecureContextOptions } from 'node:tls'
import { ClientConnection } from './client-connection.ts'

const READ_BYTES = 16 * 2 ** 10

/** A connection to an origin; requests wait until it is there. Keeps no process alive. */
export function connectHttp2(
  endpoint: string,
  tls: SecureContextOptions & { readonly rejectUnauthorized: boolean },
): ClientConnection {
  const { protocol, hostname, port } = new URL(endpoint)
  const host = hostname.replace(/^\[|\]$/g, '')
  return protocol === 'https:' ? overTls(host, Number(port || 443), tls) : overTcp(host, Number(port || 80))
}

function overTcp(host: string, port: number): ClientConnection {
  const socket = connectPlain({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    // Everything is read into the one buffer, and copied from there where it is kept.
    onread: {
      buffer: Buffer.allocUnsafeSlow(READ_BYTES),
      callback(length, bytes) {
        connection.receive((bytes as Buffer).subarray(0, length))
        return true
      },
    },
  })
  const connection = begin(socket)
  return connection
}

function overTls(host: string, port: number, tls: SecureContextOptions): ClientConnection {
  const isAddress = /^[\d.]+$|:/.test(host)
  const socket = connectTls({
    ...tls,
    host,
    port,
    ALPNProtocols: ['h2'],
    ...(!isAddress && { servername: host }),
  })
  socket.once('secureConnect', () => {
    if (socket.alpnProtocol !== 'h2') socket.destroy(new Error('the server speaks no HTTP/2'))
  })
  const connection = begin(socket)
  socket.on('data', (chunk: Buffer) => connection.receive(chunk))
  return connection
}

function begin(socket: Socket): ClientConnection {
  socket.unref()
  socket.on('end', () => socket.destroy())
  return new ClientConnection(socket)
}
