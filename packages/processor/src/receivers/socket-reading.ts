import { Socket, type SocketConstructorOpts } from 'node:net'
import { TLSSocket } from 'node:tls'

/** Where a socket's bytes go. */
interface Reading {
  /** Room for what comes next; asked for after each `read`. Never empty. */
  room(): Buffer
  /** So many bytes have come. Returning false stops reading until `socket.read(0)`. */
  read(length: number, into: Buffer): boolean
}

/** What Node keeps behind a socket. */
interface WithHandle {
  _handle: (NonNullable<SocketConstructorOpts['handle']> & { readonly useUserBuffer?: unknown }) | null
}

/** Whether this Node lets us, and nothing stands between the socket and its bytes. */
export function canReadInto(accepted: Socket): boolean {
  return (
    !(accepted instanceof TLSSocket) &&
    typeof (accepted as unknown as WithHandle)._handle?.useUserBuffer === 'function'
  )
}

/**
 * Makes an accepted connection read into memory of our choice. Node has this only for connections that it makes itself
 * (`onread`), and otherwise takes fresh memory for each read, which costs more than all else that is done to a large
 * body.
 *
 * To be called as soon as the connection is there. The server counts it until it is closed.
 *
 * @see https://nodejs.org/api/net.html#socketconnectoptions-connectlistener
 */
export function readInto(accepted: Socket, reading: Reading): Socket {
  const holder = accepted as unknown as WithHandle
  const options = {
    ...(holder._handle !== null && { handle: holder._handle }),
    allowHalfOpen: true,
    onread: {
      buffer: () => reading.room(),
      callback: (length: number, into: Uint8Array) => reading.read(length, into as Buffer),
    },
  }
  holder._handle = null
  const socket = new Socket(options)
  socket.setNoDelay(true)
  socket.once('close', () => accepted.destroy())
  return socket
}
