import {
  DEFAULT_MAX_FRAME_SIZE,
  DEFAULT_WINDOW,
  ErrorCode,
  Http2Error,
  LARGEST_WINDOW,
  Setting,
} from './frames.ts'

const LARGEST_FRAME = 2 ** 24 - 1

/** The settings of the peer. @see https://www.rfc-editor.org/rfc/rfc9113#section-6.5.2 */
export class PeerSettings {
  initialWindow: number = DEFAULT_WINDOW
  maxFrameSize: number = DEFAULT_MAX_FRAME_SIZE
  maxConcurrentStreams: number = Number.POSITIVE_INFINITY

  /** Applies a SETTINGS frame. Returns by how much the window of every open stream changes. @throws Http2Error */
  read(payload: Buffer): number {
    const before = this.initialWindow
    for (let at = 0; at < payload.byteLength; at += 6) {
      this.#set(payload.readUInt16BE(at), payload.readUInt32BE(at + 2))
    }
    return this.initialWindow - before
  }

  #set(id: number, value: number): void {
    switch (id) {
      case Setting.enablePush:
        if (value > 1) throw new Http2Error(ErrorCode.protocol, 'ENABLE_PUSH')
        return
      case Setting.maxConcurrentStreams:
        this.maxConcurrentStreams = value
        return
      case Setting.initialWindowSize:
        if (value > LARGEST_WINDOW) throw new Http2Error(ErrorCode.flowControl, 'INITIAL_WINDOW_SIZE')
        this.initialWindow = value
        return
      case Setting.maxFrameSize:
        if (value < DEFAULT_MAX_FRAME_SIZE || value > LARGEST_FRAME) {
          throw new Http2Error(ErrorCode.protocol, 'MAX_FRAME_SIZE')
        }
        this.maxFrameSize = value
        return
    }
  }
}
