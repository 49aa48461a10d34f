import { ErrorCode, Flag, type Frame, FrameType, Http2Error, LARGEST_WINDOW } from './frames.ts'

/** Frames about a stream, and frames about the connection. HEADERS, DATA and WINDOW_UPDATE are checked elsewhere. */
const STREAM_FRAMES = new Set<number>([FrameType.priority, FrameType.resetStream])
const CONNECTION_FRAMES = new Set<number>([FrameType.settings, FrameType.ping, FrameType.goAway])

/** Checks a frame by itself. @throws Http2Error @see https://www.rfc-editor.org/rfc/rfc9113#section-6 */
export function checkFrame({ type, flags, streamId, payload }: Frame): void {
  if (streamId === 0 ? STREAM_FRAMES.has(type) : CONNECTION_FRAMES.has(type)) {
    throw protocolError(`a frame of type ${type} on stream ${streamId}`)
  }
  if (!isRightSize(type, flags, payload.byteLength)) {
    throw new Http2Error(ErrorCode.frameSize, `a frame of type ${type} of ${payload.byteLength} bytes`)
  }
  if (type === FrameType.pushPromise) throw protocolError('push')
  if (type === FrameType.priority && (payload.readUInt32BE(0) & LARGEST_WINDOW) === streamId) {
    throw new Http2Error(ErrorCode.protocol, 'depends on itself', streamId)
  }
}

function isRightSize(type: number, flags: number, size: number): boolean {
  switch (type) {
    case FrameType.priority:
      return size === 5
    case FrameType.resetStream:
    case FrameType.windowUpdate:
      return size === 4
    case FrameType.settings:
      return (flags & Flag.ack) !== 0 ? size === 0 : size % 6 === 0
    case FrameType.ping:
      return size === 8
    case FrameType.goAway:
      return size >= 8
    default:
      return true
  }
}

export function protocolError(message: string): Http2Error {
  return new Http2Error(ErrorCode.protocol, message)
}
