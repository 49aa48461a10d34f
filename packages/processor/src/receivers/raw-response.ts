import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'

/** An HTTP/1.1 response, whoever writes it: Node's server, or we ourselves on connections that we read directly. */
export interface RawResponse {
  readonly status: number
  /** `content-length` among them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Has Node's server write the response. */
export function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: RawResponse,
): void {
  if (response.destroyed || response.headersSent) return
  // The rest of an unread body would have to be read before the connection could serve another request.
  response.writeHead(status, request.complete ? headers : { ...headers, connection: 'close' })
  response.end(body)
}

/** The response as bytes for a socket. */
export function encodeResponse({ status, headers, body }: RawResponse): Buffer {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ndate: ${httpDate()}\r\n`
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`
  head += '\r\n'
  const response = Buffer.allocUnsafe(head.length + body.byteLength)
  response.write(head, 'latin1')
  response.set(body, head.length)
  return response
}

let date = ''
let dateSecond = 0

/** Formatted once a second: all responses of a second share it. */
function httpDate(): string {
  const now = Date.now()
  const second = Math.floor(now / 1_000)
  if (second !== dateSecond) {
    date = new Date(now).toUTCString()
    dateSecond = second
  }
  return date
}
