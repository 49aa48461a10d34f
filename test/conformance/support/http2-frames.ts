import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** HTTP/2 frames as an attacker would write them, past every library. @see RFC 9113, section 6 */
export const FrameType = {
  data: 0,
  headers: 1,
  priority: 2,
  resetStream: 3,
  settings: 4,
  ping: 6,
  windowUpdate: 8,
  continuation: 9,
} as const

export const Flag = { endStream: 1, endHeaders: 4 } as const

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

export function http2Frame(
  type: number,
  flags: number,
  streamId: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.byteLength, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(streamId, 5)
  return Buffer.concat([head, payload])
}

/** A header field, literal and without indexing. @see RFC 7541, section 6.2.2 */
export function literalField(name: string, value: string): Buffer {
  return Buffer.concat([
    Buffer.from([0, name.length]),
    Buffer.from(name),
    Buffer.from([value.length]),
    Buffer.from(value),
  ])
}

/** The header block of an OTLP/gRPC call for traces. */
export const CALL_HEADERS: Buffer = Buffer.concat([
  Buffer.from([0x83, 0x86]),
  literalField(':path', '/opentelemetry.proto.collector.trace.v1.TraceService/Export'),
  literalField(':authority', 'localhost'),
  literalField('content-type', 'application/grpc'),
  literalField('te', 'trailers'),
])

/** A connection on which the preface and empty settings have been sent. */
export async function openRawHttp2(url: string): Promise<Socket> {
  const socket = await openRaw(url)
  socket.write(Buffer.concat([PREFACE, http2Frame(FrameType.settings, 0, 0)]))
  return socket
}

export async function openRaw(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}
