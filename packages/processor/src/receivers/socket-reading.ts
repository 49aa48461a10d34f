import { Socket, type SocketConstructorOpts } from 'node:net'
import { TLSSocket } from 'node:tls'

/** Where a socket's bytes go. */
interface Reading {
  /** Memory for the next bytes, never empty; asked for after each `read`. */
  room(): Buffer
  /** Called with the number of bytes that came in. Returning false stops reading until `socket.read(0)`. */
  read(length: number, into: Buffer): boolean
}

/** A socket with Node's internal handle. */
interface WithHandle {
  _handle: (NonNullable<SocketConstructorOpts['handle']> & { readonly useUserBuffer?: unknown }) | null
}

/** Whether this version of Node allows it, and the socket's bytes are plain (not TLS). */
export function canReadInto(accepted: Socket): boolean {
  return (
    !(accepted instanceof TLSSocket) &&
    typeof (accepted as unknown as WithHandle)._handle?.useUserBuffer === 'function'
  )
}

/**
 * Makes an accepted connection read into memory of our choice. Node offers this only for outgoing connections (`onread`);
 * for accepted ones it allocates memory for each read, which costs more than everything else that is done to a large body.
 *
 * To be called as soon as the connection is accepted. The server counts the connection until it is closed.
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
