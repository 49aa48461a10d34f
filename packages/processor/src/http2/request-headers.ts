import { ErrorCode, Http2Error } from './frames.ts'
import type { HeaderField } from './header-table.ts'

const PSEUDO_HEADERS = new Set([':method', ':scheme', ':path', ':authority'])
const NAME = /^[!#$%&'*+.^`|~0-9a-z_-]+$/
/** Headers about an HTTP/1.1 connection, which HTTP/2 forbids. */
const CONNECTION_HEADERS = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
])

/**
 * The headers of a request by their names; the values of a repeated one are joined.
 *
 * @throws Http2Error for a malformed one. @see https://www.rfc-editor.org/rfc/rfc9113#section-8.2
 */
export function readRequestHeaders(
  streamId: number,
  fields: readonly HeaderField[],
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null)
  let isPseudo = true
  for (const [name, value] of fields) {
    const startsPseudo = name.startsWith(':')
    if (startsPseudo && !(isPseudo && PSEUDO_HEADERS.has(name) && !(name in headers)))
      throw malformed(streamId)
    isPseudo = startsPseudo
    if (!startsPseudo) checkField(streamId, name, value)
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value
  }
  if (!(':method' in headers && ':scheme' in headers && headers[':path'])) throw malformed(streamId)
  return headers
}

/** @throws Http2Error for a malformed one. */
export function checkTrailers(streamId: number, fields: readonly HeaderField[]): void {
  for (const [name, value] of fields) checkField(streamId, name, value)
}

function checkField(streamId: number, name: string, value: string): void {
  const isForbidden = CONNECTION_HEADERS.has(name) || (name === 'te' && value !== 'trailers')
  if (!NAME.test(name) || isForbidden) throw malformed(streamId)
}

function malformed(streamId: number): Http2Error {
  return new Http2Error(ErrorCode.protocol, 'malformed headers', streamId)
}
