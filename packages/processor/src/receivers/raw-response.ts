import { STATUS_CODES } from 'node:http'

/** An HTTP/1.1 response, for where Node's server doesn't write it. */
export interface RawResponse {
  readonly status: number
  /** `content-length` among them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export function encodeResponse({ status, headers, body }: RawResponse): Buffer {
  const lines = Object.entries({ date: httpDate(), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
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
