import type { IncomingMessage, ServerResponse } from 'node:http'
import { CONTENT_TYPES, encodingOf } from '../protocol/content-types.ts'
import { GrpcCode, OtlpError } from '../protocol/otlp-error.ts'
import { HTTP_PATHS } from '../protocol/signal-paths.ts'
import { isLocalName } from '../security/local-names.ts'
import { exportResponse, failureResponse, signalAt } from './export-exchange.ts'
import { sendResponse } from './raw-response.ts'
import { readBody } from './read-body.ts'
import type { HttpReceiverOptions, ReceiverOptions } from './types.ts'

/** Answers a request whose head Node's server has read. */
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
    sendResponse(request, response, await exportResponse(head, await readBody(request, limits), options))
  } catch (thrown) {
    const failed = { path, encoding: encoding ?? 'json', peer: request.socket.remoteAddress } as const
    sendResponse(request, response, failureResponse(thrown, failed, options))
  }
}

function pathOf(request: IncomingMessage): string {
  const target = request.url ?? '/'
  const query = target.indexOf('?')
  return query === -1 ? target : target.slice(0, query)
}

/** A page that reached us by DNS rebinding. Only browsers send an `Origin`; other clients may use any name for this machine. */
function isRebound({ headers }: IncomingMessage, { isOpen, endpoint }: ReceiverOptions): boolean {
  return isOpen && headers.origin !== undefined && !isLocalName(headers.host, endpoint)
}

function misdirected(host: string | undefined): OtlpError {
  return new OtlpError(
    `a web page may not reach this receiver under the name ${host}; set auth to allow it`,
    {
      grpcCode: GrpcCode.permissionDenied,
      httpStatus: 421,
    },
  )
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
