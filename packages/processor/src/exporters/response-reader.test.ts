import { expect, test } from 'vitest'
import { type ReadResponse, ResponseReader, UnusualResponseError } from './response-reader.ts'

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n'

/** Reads a response in pieces of every length from one byte to the whole. */
function read(text: string, maxBytes = 100): (ReadResponse | undefined)[] {
  return [1, 2, 3, 7, text.length].map((step) => {
    const reader = new ResponseReader(maxBytes)
    let response: ReadResponse | undefined
    for (let start = 0; start < text.length && response === undefined; start += step) {
      response = reader.push(Buffer.from(text.slice(start, start + step), 'latin1'))
    }
    return response
  })
}

function readBody(text: string): string[] {
  return [...new Set(read(text).map((response) => `${response?.statusCode} ${response?.body}`))]
}

test.each([
  ['a length', `${HEAD}content-length: 5\r\n\r\nhello`, '200 hello'],
  ['no body by its length', `${HEAD}Content-Length: 0\r\n\r\n`, '200 '],
  ['no body by its status', 'HTTP/1.1 204 No Content\r\n\r\n', '204 '],
  ['no reason phrase', 'HTTP/1.1 503 \r\nContent-Length: 4\r\n\r\nbusy', '503 busy'],
  ['chunks', `${HEAD}transfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\n\r\n`, '200 hello'],
  [
    'trailers',
    `${HEAD}transfer-encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nx: y\r\nz: 1\r\n\r\n`,
    '200 0123456789',
  ],
  [
    'an interim response before it',
    `HTTP/1.1 100 Continue\r\n\r\n${HEAD}content-length: 2\r\n\r\nok`,
    '200 ok',
  ],
])('a response with %s is read whole, however it is cut', (_, text, expected) => {
  expect(readBody(text)).toEqual([expected])
})

test('headers are lower case, without blanks around, and joined where repeated', () => {
  const [response] = read(`${HEAD}X-A:  1\t\r\nx-a: 2\r\nempty:\r\ncontent-length: 0\r\n\r\n`)
  expect(response?.headers).toEqual({
    'content-type': 'text/plain',
    'x-a': '1, 2',
    empty: '',
    'content-length': '0',
  })
})

test('a response without a length ends with the connection, which is not used again', () => {
  const reader = new ResponseReader(100)
  expect(reader.push(Buffer.from(`${HEAD}\r\nhel`))).toBeUndefined()
  expect(reader.push(Buffer.from('lo'))).toBeUndefined()
  const { statusCode, body, keepAliveMs } = reader.end() as ReadResponse
  expect([statusCode, String(body), keepAliveMs]).toEqual([200, 'hello', 0])
})

test('a connection that ends within a response with a length gives no response', () => {
  const reader = new ResponseReader(100)
  reader.push(Buffer.from(`${HEAD}content-length: 5\r\n\r\nhel`))
  expect(reader.end()).toBeUndefined()
})

test.each([
  ['a length', `${HEAD}content-length: 101\r\n\r\n${'x'.repeat(101)}`],
  ['chunks', `${HEAD}transfer-encoding: chunked\r\n\r\n64\r\n${'x'.repeat(100)}\r\n1\r\nx\r\n0\r\n\r\n`],
])('a body with %s past the limit is left out, and its connection not used again', (_, text) => {
  for (const response of read(text)) expect([response?.body, response?.keepAliveMs]).toEqual([undefined, 0])
})

test.each([
  ['HTTP/1.1', '', 4_000],
  ['HTTP/1.1', 'keep-alive: timeout=65\r\n', 63_000],
  ['HTTP/1.1', 'keep-alive: timeout=1\r\n', 0],
  ['HTTP/1.1', 'connection: Close\r\n', 0],
  ['HTTP/1.0', '', 0],
])('a connection of %s with "%s" is kept for %i ms', (version, header, keepAliveMs) => {
  const [response] = read(`${version} 200 OK\r\n${header}content-length: 0\r\n\r\n`)
  expect(response?.keepAliveMs).toBe(keepAliveMs)
})

test('bytes after a response are not taken for the next one: the connection is not used again', () => {
  const reader = new ResponseReader(100)
  expect(reader.push(Buffer.from(`${HEAD}content-length: 2\r\n\r\nokHTTP`))?.keepAliveMs).toBe(0)
})

test.each([
  ['another protocol', 'SSH-2.0-OpenSSH_9.9\r\n\r\n'],
  ['another version', 'HTTP/2 200 OK\r\n\r\n'],
  ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
  ['a folded header', `${HEAD}a: b\r\n c\r\n\r\n`],
  ['a blank before the colon', `${HEAD}a : b\r\n\r\n`],
  ['a bare line feed in a header', `${HEAD}a: b\nc: d\r\n\r\n`],
  ['two lengths', `${HEAD}content-length: 1\r\ncontent-length: 2\r\n\r\n`],
  ['a length that is none', `${HEAD}content-length: +1\r\n\r\n`],
  ['a length and chunks', `${HEAD}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n`],
  ['another transfer encoding', `${HEAD}transfer-encoding: gzip, chunked\r\n\r\n`],
  ['a chunk size that is none', `${HEAD}transfer-encoding: chunked\r\n\r\nxyz\r\n`],
  ['a chunk longer than its size', `${HEAD}transfer-encoding: chunked\r\n\r\n1\r\nabc\r\n`],
  ['endless headers', `${HEAD}${'a: b\r\n'.repeat(4_000)}`],
])('%s is not guessed at', (_, text) => {
  expect(() => read(text)).toThrow(UnusualResponseError)
})

test('a response of a million pieces takes linear time', () => {
  const reader = new ResponseReader(4 * 2 ** 20)
  reader.push(Buffer.from(`${HEAD}content-length: ${2 ** 20}\r\n\r\n`))
  const piece = Buffer.from('x')
  let response: ReadResponse | undefined
  for (let index = 0; index < 2 ** 20; index++) response = reader.push(piece)
  expect(response?.body?.byteLength).toBe(2 ** 20)
})
