import { DEFAULT_WINDOW, encodeNumberFrame, encodeSettings, FrameType, PREFACE, Setting } from './frames.ts'
import { MAX_HEADER_LIST_BYTES } from './header-decoder.ts'

/** How many streams a client may have open. */
export const MAX_CONCURRENT_STREAMS: number = 128
/** With the default of 64 KiB, a message of 1 MB would have to wait fifteen times. */
export const STREAM_WINDOW: number = 4 * 2 ** 20
export const CONNECTION_WINDOW: number = 16 * 2 ** 20

/** What either end sends as soon as it is connected. @see https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
export function connectionPreface(role: 'server' | 'client'): Buffer {
  const settings = encodeSettings([
    [Setting.initialWindowSize, STREAM_WINDOW],
    [Setting.maxHeaderListSize, MAX_HEADER_LIST_BYTES],
    role === 'server' ? [Setting.maxConcurrentStreams, MAX_CONCURRENT_STREAMS] : [Setting.enablePush, 0],
  ])
  const window = encodeNumberFrame(FrameType.windowUpdate, 0, CONNECTION_WINDOW - DEFAULT_WINDOW)
  return Buffer.concat(role === 'client' ? [PREFACE, settings, window] : [settings, window])
}
