import { STATUS_CODES } from 'node:http'

/** An HTTP/1.1 response, for where Node's server doesn't write it. */
export interface RawResponse {
  readonly status: number
  /** `content-length` among them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

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

/** The same for all responses of a second. */
function httpDate(): string {
  const now = Date.now()
  const second = Math.floor(now / 1_000)
  if (second !== dateSecond) {
    date = new Date(now).toUTCString()
    dateSecond = second
  }
  return date
}
