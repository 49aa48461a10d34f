import { expect, test } from 'vitest'
import { readRequestHead } from './request-head.ts'

function head(...lines: string[]): Buffer {
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\nbody`, 'latin1')
}

test("an exporter's request is read, with names in lower case and values trimmed", () => {
  const bytes = head(
    'POST /v1/traces?x=1 HTTP/1.1',
    'Host: 127.0.0.1:4318',
    'Content-Type:application/x-protobuf',
    'CONTENT-LENGTH: \t42 ',
    'User-Agent: OTel-OTLP-Exporter-JavaScript/0.220.0 (a; b)',
    'x-empty:',
    'Connection: keep-alive',
  )
  const read = readRequestHead(bytes)
  expect({ ...read, headers: { ...read?.headers } }).toEqual({
    path: '/v1/traces?x=1',
    headers: {
      host: '127.0.0.1:4318',
      'content-type': 'application/x-protobuf',
      'content-length': '42',
      'user-agent': 'OTel-OTLP-Exporter-JavaScript/0.220.0 (a; b)',
      'x-empty': '',
      connection: 'keep-alive',
    },
    contentLength: 42,
    end: bytes.byteLength - 4,
  })
})

const FINE = ['POST /v1/traces HTTP/1.1', 'host: x', 'content-length: 4']

test.each([
  ['no end of the head', Buffer.from('POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n')],
  ['a head of more than 16 KiB', head(...FINE, `x: ${'a'.repeat(17_000)}`)],
  ['another method', head('PUT /v1/traces HTTP/1.1', ...FINE.slice(1))],
  ['another version', head('POST /v1/traces HTTP/1.0', ...FINE.slice(1))],
  ['an absolute target', head('POST http://x/v1/traces HTTP/1.1', ...FINE.slice(1))],
  ['a space in the target', head('POST /v1 /traces HTTP/1.1', ...FINE.slice(1))],
  ['no host', head(FINE[0]!, 'content-length: 4')],
  ['no length', head(FINE[0]!, 'host: x')],
  ['a length that is no number', head(FINE[0]!, 'host: x', 'content-length: 4, 4')],
  ['a length with a sign', head(FINE[0]!, 'host: x', 'content-length: +4')],
  ['two lengths', head(...FINE, 'content-length: 4')],
  ['two hosts', head(...FINE, 'host: y')],
  ['a transfer encoding', head(...FINE, 'transfer-encoding: chunked')],
  ['an expectation', head(...FINE, 'expect: 100-continue')],
  ['an upgrade', head(...FINE, 'connection: upgrade', 'upgrade: h2c')],
  ['a connection to be closed', head(...FINE, 'connection: close')],
  ['a folded line', head(...FINE, 'x: 1', ' 2')],
  ['a space before the colon', head(...FINE, 'x : 1')],
  ['a bare line feed', head(...FINE, 'x: 1\ncontent-length: 5')],
  ['a bare carriage return', head(...FINE, 'x: 1\rcontent-length: 5')],
  ['a zero byte', head(...FINE, 'x: a\0b')],
  ['a value beyond ASCII', head(...FINE, 'x: \xe9')],
  ['a line that is no header', head(...FINE, 'nonsense')],
])('%s is left to a complete implementation', (_, bytes) => {
  expect(readRequestHead(bytes)).toBeUndefined()
})

test('a name that objects have is a header like another', () => {
  expect(readRequestHead(head(...FINE, '__proto__: a', 'constructor: b'))?.headers.constructor).toBe('b')
})
