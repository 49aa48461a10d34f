import { connect, type Socket } from 'node:net'
import { addressOf } from '../network/address-of.ts'

const READ_BYTES = 16 * 2 ** 10

/** Connects to the server of a URL. All bytes are read into one buffer: `onRead` has to copy those that it keeps. */
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
