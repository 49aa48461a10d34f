import type { Socket } from 'node:net'
import { connect as connectTls, type SecureContextOptions } from 'node:tls'
import { ClientConnection } from '../http2/client-connection.ts'
import { addressOf, connectTcp } from './connect-tcp.ts'

/** A connection to an endpoint; requests wait until it is there. Keeps no process alive. */
export function connectHttp2(
  endpoint: string,
  tls: SecureContextOptions & { readonly rejectUnauthorized: boolean },
): ClientConnection {
  const url = new URL(endpoint)
  return url.protocol === 'https:' ? overTls(url, tls) : overTcp(url)
}

function overTcp(url: URL): ClientConnection {
  const connection = begin(connectTcp(url, (bytes) => connection.receive(bytes)))
  return connection
}

function overTls(url: URL, tls: SecureContextOptions): ClientConnection {
  const { host, port } = addressOf(url)
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
