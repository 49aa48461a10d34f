import { byText } from '../otlp/by-text.ts'

/** The head of a POST request with a body of a stated length. */
export interface RequestHead {
  readonly path: string
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly contentLength: number
  /** Where the body begins. */
  readonly end: number
}

const MAX_HEAD_BYTES = 16 * 2 ** 10
const REQUEST_LINE = /^POST (\/[!-~]*) HTTP\/1\.1$/
const HEADER_LINE = /^([\w!#$%&'*+.^`|~-]+):[ \t]*((?:[!-~](?:[ -~\t]*[!-~])?)?)[ \t]*$/
const LENGTH = /^\d{1,15}$/

/** Headers that need a complete HTTP implementation. */
const UNUSUAL_HEADERS = new Set([
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * Reads the head of a simple request, as exporters send them. `undefined` says nothing about the request: its head is not
 * all there yet, or wrong, or not simple.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3
 */
export function readRequestHead(bytes: Buffer): RequestHead | undefined {
  const end = bytes.subarray(0, MAX_HEAD_BYTES).indexOf('\r\n\r\n', 0, 'latin1')
  if (end === -1) return undefined
  const [requestLine, ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const path = readPath(requestLine as string)
  const headers = readHeaders(lines)
  const length = headers?.['content-length'] ?? ''
  if (path === '' || headers === undefined || !LENGTH.test(length)) return undefined
  return { path, headers, contentLength: Number(length), end: end + 4 }
}

/** The path of a POST request; empty for others. */
const readPath = byText((requestLine) => REQUEST_LINE.exec(requestLine)?.[1] ?? '')

/** `undefined` also for a repeated header: which of them counts is not for us to decide. */
function readHeaders(lines: readonly string[]): Record<string, string> | undefined {
  const headers: Record<string, string> = Object.create(null)
  for (const line of lines) {
    const { name, value } = readHeader(line)
    if (name === undefined || name in headers) return undefined
    headers[name] = value
  }
  const persists = headers.connection === undefined || headers.connection.toLowerCase() === 'keep-alive'
  return persists && headers.host !== undefined ? headers : undefined
}

interface Header {
  /** `undefined` for a header that makes the request not simple. */
  readonly name: string | undefined
  readonly value: string
}

/** Remembered, as all but one or two of a client's headers are the same in every request. */
const readHeader = byText((line): Header => {
  const [, name, value] = HEADER_LINE.exec(line) ?? []
  if (name === undefined || value === undefined || UNUSUAL_HEADERS.has(name.toLowerCase())) return UNREADABLE
  return { name: name.toLowerCase(), value }
})

const UNREADABLE: Header = { name: undefined, value: '' }
