import type { Socket } from 'node:net'
import { connect as connectTls, type SecureContextOptions } from 'node:tls'
import { ClientConnection } from '../http2/client-connection.ts'
import { addressOf } from '../network/address-of.ts'
import { connectTcp } from './connect-tcp.ts'

type Tls = SecureContextOptions & { readonly rejectUnauthorized: boolean }

/** Connects to a server, for TLS through a tunnel if one is given. Requests wait until it is open; it keeps no process alive. */
export function connectHttp2(server: URL, tls: Tls, tunnel?: Socket): ClientConnection {
  return server.protocol === 'https:' ? overTls(server, tls, tunnel) : overTcp(server)
}

function overTcp(url: URL): ClientConnection {
  const connection = begin(connectTcp(url, (bytes) => connection.receive(bytes)))
  return connection
}

function overTls(url: URL, tls: Tls, tunnel: Socket | undefined): ClientConnection {
  const { host, port } = addressOf(url)
  const isAddress = /^[\d.]+$|:/.test(host)
  const socket = connectTls({
    ...tls,
    ...(tunnel === undefined ? { host, port } : { host, socket: tunnel.unref() }),
    ALPNProtocols: ['h2'],
    ...(!isAddress && { servername: host }),
  })
  socket.once('secureConnect', () => {
    if (socket.alpnProtocol !== 'h2') socket.destroy(new Error('the server does not speak HTTP/2'))
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
