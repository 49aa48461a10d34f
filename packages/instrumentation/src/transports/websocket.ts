import type { Duplex } from 'node:stream'
import { type Context, context } from '@opentelemetry/api'
import { contextAroundHttpSpan } from '../call/http-span.ts'
import type { Metering } from '../metering.ts'
import { MessageReader } from '../observation/message-reader.ts'
import type { Recognised } from '../recognition.ts'
import { safely } from '../safely.ts'
import type { Session, SessionMessage } from '../sessions/types.ts'
import type { RequestHead } from '../wire/types.ts'
import { abortError } from './abort-error.ts'
import { shadow, watchEvents } from './shadow.ts'
import { writtenBytes } from './tap-writes.ts'

/** The codes for closing a connection that is no longer needed: RFC 6455, section 7.4.1. */
const NORMAL_CLOSURES: readonly unknown[] = [undefined, 1000, 1001]

/** The handshake of a connection that calls are going to be made over. It is no call itself. */
export interface Handshake {
  readonly metering: Metering
  readonly recognised: Recognised
  readonly head: RequestHead
  /** What the connection was opened in. */
  readonly openedIn: Context
}

/** @returns `undefined` where what is recognised is an ordinary exchange. */
export function handshakeOf(
  metering: Metering,
  recognised: Recognised | undefined,
  head: RequestHead,
): Handshake | undefined {
  if (recognised?.flavor.openSession === undefined) return undefined
  return { metering, recognised, head, openedIn: contextAroundHttpSpan(context.active()) }
}

/**
 * Observes a WebSocket connection by what its client reads from the socket and writes into it.
 *
 * @param head what came along with the answer to the handshake: some clients put it back into the socket, others read
 *   it directly.
 */
export function observeWebSocket(handshake: Handshake, socket: Duplex, head?: Uint8Array): void {
  const connection = new WebSocketConnection(handshake)
  let unread = head?.length ? head : undefined
  const write = socket.write as (...args: unknown[]) => boolean
  shadow(socket, 'write', function (this: Duplex, ...args: unknown[]) {
    safely('websocket', () => connection.write(args))
    return write.apply(this, args)
  } as typeof socket.write)
  watchEvents(socket, (event, argument) => {
    if (event === 'data') {
      safely('websocket', () => {
        const chunk = argument as Uint8Array
        if (unread !== undefined && !beginsWith(chunk, unread)) connection.read(unread)
        unread = undefined
        connection.read(chunk)
      })
    } else if (event === 'close') safely('websocket', () => connection.close(socket))
  })
}

function beginsWith(chunk: Uint8Array, beginning: Uint8Array): boolean {
  return Buffer.compare(chunk.subarray(0, beginning.length), beginning) === 0
}

/**
 * A message of either side. They are reported in the order of arrival, although one may take longer to decompress than
 * the next.
 */
interface Arrival {
  deliver: (() => void) | undefined
}

/** Both sides of a connection, and the session that goes over it. */
class WebSocketConnection {
  readonly #session: Session
  readonly #sent: MessageReader
  readonly #received: MessageReader
  readonly #arrivals: Arrival[] = []
  /** Why the connection will be closed, as stated by the side that closes it. */
  #closing: Error | undefined
  #isOver = false

  constructor({ metering, recognised, head, openedIn }: Handshake) {
    const { flavor } = recognised
    this.#session = flavor.openSession!({
      head,
      begin: (message, request, spoken = flavor) =>
        context.with(contextAroundHttpSpan(message.context), () =>
          metering.begin({ ...recognised, flavor: spoken }, head, request, 'now', message.at),
        ),
    })
    this.#sent = this.#readerOf({
      // Clients write compressed data when the compression is done, in the context of whatever was compressed first.
      contextOf: (compressed) => (compressed ? openedIn : context.active()),
      deliver: (message) => this.#session.sent(message),
      onClosing: () => abortError(),
    })
    this.#received = this.#readerOf({
      contextOf: () => openedIn,
      deliver: (message) => this.#session.received(message),
      onClosing: closureOf,
    })
  }

  write(args: readonly unknown[]): void {
    const bytes = this.#isOver ? undefined : writtenBytes(args)
    if (bytes !== undefined) this.#sent.write(bytes)
  }

  read(chunk: Uint8Array): void {
    if (!this.#isOver) this.#received.write(chunk)
  }

  close({ errored, readableEnded }: Duplex): void {
    const cut = readableEnded ? closureOf(1006, 'The connection broke off') : abortError()
    this.#end(this.#closing ?? errored ?? cut)
  }

  #end(reason: Error): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#arrive(() => {
      this.#sent.close()
      this.#received.close()
      this.#session.closed(reason)
    })
  }

  #readerOf(side: Side): MessageReader {
    return new MessageReader({
      wants: (beginning) => this.#session.wants(beginning),
      onArrival: (compressed) => {
        const at = performance.now()
        const inContext = side.contextOf(compressed)
        const arrival: Arrival = { deliver: undefined }
        this.#arrivals.push(arrival)
        return (body) => {
          arrival.deliver = () => {
            if (body !== undefined) side.deliver({ body, at, context: inContext })
          }
          this.#deliverInOrder()
        }
      },
      onClosing: (code, reason) => {
        this.#closing ??= side.onClosing(code, reason)
      },
      onLost: () => this.#end(abortError()),
    })
  }

  #arrive(deliver: () => void): void {
    this.#arrivals.push({ deliver })
    this.#deliverInOrder()
  }

  #deliverInOrder(): void {
    for (;;) {
      const deliver = this.#arrivals[0]?.deliver
      if (deliver === undefined) return
      this.#arrivals.shift()
      safely('websocket', deliver)
    }
  }
}

interface Side {
  contextOf(compressed: boolean): Context
  deliver(message: SessionMessage): void
  onClosing(code: number | undefined, reason: string): Error
}

/** A normal closure by the server counts as letting go; any other code says what went wrong. */
function closureOf(code: number | undefined, reason: string): Error {
  if (NORMAL_CLOSURES.includes(code)) return abortError()
  return Object.assign(new Error(reason), { code: String(code) })
}
