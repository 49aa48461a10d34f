import { expect, test } from 'vitest'
import { parseConfig } from '../config/load-config.ts'
import { refuseSharedPort } from './refuse-shared-port.ts'

function configOf(http: string, grpc: string, web = '127.0.0.1:4319') {
  const receivers = { otlp: { protocols: { http: { endpoint: http }, grpc: { endpoint: grpc } } } }
  return parseConfig(JSON.stringify({ receivers, web: { endpoint: web } }), 'test', {})
}

test.each([
  ['127.0.0.1:4317', '127.0.0.1:4317'],
  ['0.0.0.0:4317', '127.0.0.1:4317'],
  ['[::1]:4317', ':4317'],
  ['0.0.0.0:4317', '[::]:4317'],
])('two sections that listen on %s and %s are refused', (http, grpc) => {
  expect(() => refuseSharedPort(configOf(http, grpc))).toThrow(
    `receivers.otlp.protocols.http and receivers.otlp.protocols.grpc both listen on ${http}; set the endpoint of one to another port`,
  )
})

test('the page is one of the sections', () => {
  expect(() => refuseSharedPort(configOf(':4317', ':4318', ':4318'))).toThrow(
    'receivers.otlp.protocols.grpc and web both listen on :4318',
  )
})

test.each([
  ['127.0.0.1:0', '127.0.0.1:0'],
  ['127.0.0.1:4317', '127.0.0.2:4317'],
  ['127.0.0.1:4317', '[::1]:4317'],
  ['0.0.0.0:4317', '[::1]:4317'],
])('%s and %s go together', (http, grpc) => {
  expect(() => refuseSharedPort(configOf(http, grpc))).not.toThrow()
})
