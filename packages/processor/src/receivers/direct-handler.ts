import { encodingOf } from '../protocol/content-types.ts'
import type { RequestHandler } from './direct-connection.ts'
import { exportResponse, failureResponse, signalAt } from './export-exchange.ts'
import { ReadingTurns } from './reading-turns.ts'
import type { ReceiverOptions } from './types.ts'

/** Handles OTLP export requests on direct connections. A request whose head shows an error is left to Node's server. */
export function createDirectHandler(options: ReceiverOptions, keepAliveTimeout: number): RequestHandler {
  const { limits, readHeaderTimeout, readTimeout, authenticate } = options
  const refuse: RequestHandler['refuse'] = (thrown, { path, encoding }, { remoteAddress: peer }) =>
    failureResponse(thrown, { path, encoding, peer }, options)
  return {
    limits,
    turns: new ReadingTurns(),
    readHeaderTimeout,
    readTimeout,
    keepAliveTimeout,
    accept({ path, headers }) {
      const signal = signalAt(path)
      const encoding = encodingOf(headers['content-type'])
      // Only browsers send an `Origin`, and answering them takes CORS headers.
      if (signal === undefined || encoding === undefined || headers.origin !== undefined) return undefined
      const context = authenticate(headers.authorization)
      return { path, signal, encoding, contentEncoding: headers['content-encoding'], context }
    },
    respond: (head, received, socket) =>
      exportResponse(head, received, options).catch((thrown: unknown) => refuse(thrown, head, socket)),
    refuse,
  }
}
