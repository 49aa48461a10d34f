import { connect, type Socket } from 'node:net'

const READ_BYTES = 16 * 2 ** 10
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** Where the server of a URL listens. */
export function addressOf({ protocol, hostname, port }: URL): {
  readonly host: string
  readonly port: number
} {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || PORTS[protocol]) }
}

/** Everything is read into one buffer, and copied from there where it is kept. */
export function connectTcp(url: URL, onRead: (bytes: Buffer) => void): Socket {
  return connect({
    ...addressOf(url),
    noDelay: true,
    keepAlive: true,
    onread: {
      buffer: Buffer.allocUnsafeSlow(READ_BYTES),
      callback(length, bytes) {
        onRead((bytes as Buffer).subarray(0, length))
        return true
      },
    },
  })
}
