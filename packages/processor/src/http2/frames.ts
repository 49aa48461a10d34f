/*
 * HTTP/2 on the wire. @see https://www.rfc-editor.org/rfc/rfc9113#section-6
 */
export const FrameType = {
  data: 0,
  headers: 1,
  priority: 2,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const

export const Flag = { endStream: 0x1, ack: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const

export const ErrorCode = {
  none: 0,
  protocol: 1,
  internal: 2,
  flowControl: 3,
  streamClosed: 5,
  frameSize: 6,
  refusedStream: 7,
  cancel: 8,
  compression: 9,
  enhanceYourCalm: 11,
} as const

export const Setting = {
  headerTableSize: 1,
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindowSize: 4,
  maxFrameSize: 5,
  maxHeaderListSize: 6,
} as const

/** What a client sends first. */
export const PREFACE: Buffer = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
export const FRAME_HEAD_BYTES = 9
/** The frame size that every peer accepts, and the largest that we accept. */
export const DEFAULT_MAX_FRAME_SIZE: number = 2 ** 14
export const DEFAULT_WINDOW: number = 2 ** 16 - 1
export const LARGEST_WINDOW: number = 2 ** 31 - 1

const EMPTY = Buffer.alloc(0)

export interface Frame {
  readonly type: number
  readonly flags: number
  readonly streamId: number
  /** Valid until the call that hands the frame over returns. */
  readonly payload: Buffer
}

/** A mistake of the peer. It ends the stream, or, if it isn't about one, the connection. */
export class Http2Error extends Error {
  override readonly name = 'Http2Error'
  readonly code: number
  readonly streamId: number | undefined

  constructor(code: number, message: string, streamId?: number) {
    super(message)
    this.code = code
    this.streamId = streamId
  }
}

export function writeFrameHead(
  into: Buffer,
  at: number,
  { type, flags, streamId, length }: Omit<Frame, 'payload'> & { readonly length: number },
): void {
  into.writeUIntBE(length, at, 3)
  into[at + 3] = type
  into[at + 4] = flags
  into.writeUInt32BE(streamId, at + 5)
}

export function encodeFrame(
  type: number,
  flags: number,
  streamId: number,
  payload: Uint8Array = EMPTY,
): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEAD_BYTES + payload.byteLength)
  writeFrameHead(frame, 0, { type, flags, streamId, length: payload.byteLength })
  frame.set(payload, FRAME_HEAD_BYTES)
  return frame
}

export function encodeSettings(settings: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.allocUnsafe(settings.length * 6)
  for (const [index, [id, value]] of settings.entries()) {
    payload.writeUInt16BE(id, index * 6)
    payload.writeUInt32BE(value, index * 6 + 2)
  }
  return encodeFrame(FrameType.settings, 0, 0, payload)
}

/** A frame with one number: RST_STREAM or WINDOW_UPDATE. */
export function encodeNumberFrame(type: number, streamId: number, value: number): Buffer {
  const payload = Buffer.allocUnsafe(4)
  payload.writeUInt32BE(value)
  return encodeFrame(type, 0, streamId, payload)
}

export function encodeGoAway(lastStreamId: number, code: number): Buffer {
  const payload = Buffer.allocUnsafe(8)
  payload.writeUInt32BE(lastStreamId)
  payload.writeUInt32BE(code, 4)
  return encodeFrame(FrameType.goAway, 0, 0, payload)
}
