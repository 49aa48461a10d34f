import { DEFAULT_WINDOW, encodeNumberFrame, encodeSettings, FrameType, PREFACE, Setting } from './frames.ts'
import { MAX_HEADER_LIST_BYTES } from './header-decoder.ts'

/** Streams that a client may have open. */
export const MAX_CONCURRENT_STREAMS: number = 128
/** The default windows of 64 KiB would stall a 1 MB message fifteen times. */
export const STREAM_WINDOW: number = 4 * 2 ** 20
export const CONNECTION_WINDOW: number = 16 * 2 ** 20

/** What either end says as soon as it is connected: how much it takes. */
export function firstWords(role: 'server' | 'client'): Buffer {
  const settings = encodeSettings([
    [Setting.initialWindowSize, STREAM_WINDOW],
    [Setting.maxHeaderListSize, MAX_HEADER_LIST_BYTES],
    role === 'server' ? [Setting.maxConcurrentStreams, MAX_CONCURRENT_STREAMS] : [Setting.enablePush, 0],
  ])
  const window = encodeNumberFrame(FrameType.windowUpdate, 0, CONNECTION_WINDOW - DEFAULT_WINDOW)
  return Buffer.concat(role === 'client' ? [PREFACE, settings, window] : [settings, window])
}
