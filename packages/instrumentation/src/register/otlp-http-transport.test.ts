import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, test, vi } from 'vitest'
import { OtlpHttpTransport } from './otlp-http-transport.ts'

const ASKED = 1
const FROZEN = 2

/** In a thread of its own, as this one stands still: it answers once `state` says so. */
const BACKEND = `
  const { parentPort, workerData: state } = require('node:worker_threads')
  const server = require('node:http').createServer((request, response) => {
    Atomics.store(state, 0, ${ASKED})
    Atomics.wait(state, 0, ${ASKED})
    response.end('{}')
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`

afterEach(() => vi.unstubAllEnvs())

test('an answer that came while the process was frozen, for longer than it may take, is an answer', async () => {
  const state = new Int32Array(new SharedArrayBuffer(4))
  const backend = new Worker(BACKEND, { eval: true, workerData: state })
  const port = await new Promise((resolve) => backend.once('message', resolve))
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`)
  const timeoutMillis = 1_000
  const sent = new OtlpHttpTransport('TRACES', 'http/json').sendOnce(Buffer.from('{}'), timeoutMillis)
  await vi.waitUntil(() => Atomics.load(state, 0) === ASKED, { interval: 1 })
  // What comes next are timers, as where a process goes on that was stopped.
  await setImmediate()
  Atomics.store(state, 0, FROZEN)
  Atomics.notify(state, 0)
  Atomics.wait(state, 0, FROZEN, timeoutMillis + 100)
  expect(await sent).toMatchObject({ status: 'success' })
  await backend.terminate()
})

async function transportTo(listener: RequestListener): Promise<[OtlpHttpTransport, Server]> {
  const backend = createServer(listener).listen(0, '127.0.0.1')
  await once(backend, 'listening')
  const { port } = backend.address() as AddressInfo
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`)
  return [new OtlpHttpTransport('TRACES', 'http/json'), backend]
}

test('what is sent one after the other goes over one connection', async () => {
  const ports = new Set<number | undefined>()
  const [transport, backend] = await transportTo((request, response) => {
    ports.add(request.socket.remotePort)
    request.resume().on('end', () => response.end('{}'))
  })
  for (let exports = 0; exports < 3; exports++) await transport.sendOnce(Buffer.from('{}'), 10_000)
  expect(ports.size).toBe(1)
  backend.close()
})

test('a connection that the backend has closed meanwhile costs nothing: it is sent over another at once', async () => {
  const seen = new WeakSet<object>()
  const [transport, backend] = await transportTo((request, response) => {
    if (seen.has(request.socket)) return request.socket.resetAndDestroy()
    seen.add(request.socket)
    request.resume().on('end', () => response.end('{}'))
  })
  const body = Buffer.from('{}')
  expect(await transport.sendOnce(body, 10_000)).toMatchObject({ status: 'success' })
  expect(await transport.sendOnce(body, 10_000)).toMatchObject({ status: 'success' })
  backend.close()
})
