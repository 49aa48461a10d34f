import type { IncomingMessage, ServerResponse } from 'node:http'
import { CONTENT_TYPES, encodingOf } from '../protocol/content-types.ts'
import { GrpcCode, OtlpError } from '../protocol/otlp-error.ts'
import { HTTP_PATHS } from '../protocol/signal-paths.ts'
import { isLocalName } from '../security/local-names.ts'
import type { OtlpEncoding } from '../types.ts'
import { exportBody, exportFailure, signalAt } from './export-exchange.ts'
import { readBody } from './read-body.ts'
import { sendError } from './send-error.ts'
import type { HttpReceiverOptions, ReceiverOptions } from './types.ts'

/** Answers a request that Node's server has read the head of. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpReceiverOptions,
): Promise<void> {
  const { limits, authenticate, handleCors } = options
  const encoding = encodingOf(request.headers['content-type'])
  const path = pathOf(request)
  const signal = signalAt(path)
  try {
    if (isRebound(request, options)) throw misdirected(request.headers.host)
    if (handleCors(request, response)) return
    if (signal === undefined) throw notFound(path)
    if (request.method !== 'POST') throw methodNotAllowed(request.method)
    const context = authenticate(request.headers.authorization)
    if (encoding === undefined) throw unsupportedMediaType(request.headers['content-type'])
    const head = { path, signal, encoding, contentEncoding: request.headers['content-encoding'], context }
    sendSuccess(response, encoding, await exportBody(head, await readBody(request, limits), options))
  } catch (thrown) {
    const error = exportFailure(thrown, { path, peer: request.socket.remoteAddress }, options)
    sendError(request, response, encoding ?? 'json', error)
  }
}

function sendSuccess(response: ServerResponse, encoding: OtlpEncoding, body: Buffer): void {
  response.writeHead(200, { 'content-type': CONTENT_TYPES[encoding], 'content-length': body.byteLength })
  response.end(body)
}

function pathOf(request: IncomingMessage): string {
  const target = request.url ?? '/'
  const query = target.indexOf('?')
  return query === -1 ? target : target.slice(0, query)
}

/** Only browsers send an `Origin`; other clients may call this machine what they like. */
function isRebound({ headers }: IncomingMessage, { isOpen, endpoint }: ReceiverOptions): boolean {
  return isOpen && headers.origin !== undefined && !isLocalName(headers.host, endpoint)
}

function misdirected(host: string | undefined): OtlpError {
  return new OtlpError(`a page may not reach this receiver as ${host}; set auth to open it`, {
    grpcCode: GrpcCode.permissionDenied,
    httpStatus: 421,
  })
}

function notFound(path: string): OtlpError {
  return new OtlpError(`no such path: ${path}; OTLP is at ${Object.values(HTTP_PATHS).join(', ')}`, {
    grpcCode: GrpcCode.notFound,
    httpStatus: 404,
  })
}

function methodNotAllowed(method: string | undefined): OtlpError {
  return new OtlpError(`method ${method} is not allowed; use POST`, {
    grpcCode: GrpcCode.unimplemented,
    httpStatus: 405,
    headers: { allow: 'POST' },
  })
}

function unsupportedMediaType(contentType: string | undefined): OtlpError {
  return new OtlpError(
    `content type ${JSON.stringify(contentType ?? '')} is not supported; use ${Object.values(CONTENT_TYPES).join(' or ')}`,
    {
      grpcCode: GrpcCode.unimplemented,
      httpStatus: 415,
      headers: { accept: Object.values(CONTENT_TYPES).join(', ') },
    },
  )
}
