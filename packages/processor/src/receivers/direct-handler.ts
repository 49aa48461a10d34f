import { CONTENT_TYPES, encodingOf } from '../protocol/content-types.ts'
import type { RequestHandler } from './direct-connection.ts'
import { exportBody, exportFailure, signalAt } from './export-exchange.ts'
import { ReadingTurns } from './reading-turns.ts'
import { encodeError } from './send-error.ts'
import type { ReceiverOptions } from './types.ts'

/** OTLP export requests on direct connections; what would not be a success by its head alone is left to Node's server. */
export function createDirectHandler(options: ReceiverOptions, keepAliveTimeout: number): RequestHandler {
  const { limits, readHeaderTimeout, readTimeout, authenticate } = options
  const refuse: RequestHandler['refuse'] = (thrown, { path, encoding }, { remoteAddress }) =>
    encodeError(exportFailure(thrown, { path, peer: remoteAddress }, options), encoding)
  return {
    limits,
    turns: new ReadingTurns(),
    readHeaderTimeout,
    readTimeout,
    keepAliveTimeout,
    accept({ path, headers }) {
      const signal = signalAt(path)
      const encoding = encodingOf(headers['content-type'])
      // Only browsers send an `Origin`, and there is more to say to them.
      if (signal === undefined || encoding === undefined || headers.origin !== undefined) return undefined
      const context = authenticate(headers.authorization)
      return { path, signal, encoding, contentEncoding: headers['content-encoding'], context }
    },
    async respond(head, received, socket) {
      try {
        const body = await exportBody(head, received, options)
        const headers = {
          'content-type': CONTENT_TYPES[head.encoding],
          'content-length': String(body.byteLength),
        }
        return { status: 200, headers, body }
      } catch (thrown) {
        return refuse(thrown, head, socket)
      }
    },
    refuse,
  }
}
