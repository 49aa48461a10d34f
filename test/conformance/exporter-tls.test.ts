import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createSecureServer as createHttp2Server } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { parseConfig } from '@spanmeter/processor'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hasOpenssl, makeCertificate } from './support/certificates.ts'
import { http, PROTOBUF } from './support/client.ts'
import { newIds, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter } from './support/targets.ts'

let directory: string
const closing: (() => Promise<void>)[] = []
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spanmeter-exporter-tls-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  await rm(directory, { recursive: true, force: true })
})

test.skipIf(!hasOpenssl)(
  'an answer over TLS that comes byte by byte ends with the timeout, too',
  async () => {
    const server = makeCertificate(directory, 'server')
    let attempts = 0
    const options = { cert: await readFile(server.cert), key: await readFile(server.key) }
    const backend = createHttpsServer(options, (request, response) => {
      request.resume()
      attempts += 1
      if (attempts > 1) return response.end()
      response.writeHead(200, { 'content-length': '1000' })
      const drip = setInterval(() => response.write('a'), 20)
      response.on('close', () => clearInterval(drip))
    })
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise((resolve) => backend.close(() => resolve())))
    const target = await startSpanmeter({
      backend: {
        url: `https://127.0.0.1:${(backend.address() as AddressInfo).port}`,
        protocol: 'http/protobuf',
      },
      exporter: { timeout: '200ms', tls: { ca_file: server.cert } },
    })
    closing.push(() => target.close())
    await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(newIds(1)) })
    await expect.poll(() => attempts, { timeout: 5_000 }).toBe(2)
  },
)

test.skipIf(!hasOpenssl).each(['http/protobuf', 'grpc'] as const)(
  'an exporter takes over client certificates that change, and keeps one whose key is not its own (%s)',
  async (protocol) => {
    makeCertificate(directory, 'ca')
    const server = makeCertificate(directory, 'server')
    const first = makeCertificate(directory, 'first', 'ca')
    const presented: string[] = []
    const options = {
      cert: await readFile(server.cert),
      key: await readFile(server.key),
      ca: await readFile(join(directory, 'ca.crt')),
      requestCert: true,
    }
    const backend = protocol === 'grpc' ? createHttp2Server(options) : createHttpsServer(options)
    // One connection a request: each shows which certificate a new one is made with.
    backend.on('secureConnection', (socket: TLSSocket) => {
      presented.push(String(socket.getPeerCertificate().subject?.CN))
    })
    backend.on('request', (request: IncomingMessage, response: ServerResponse) => {
      request.resume()
      response.setHeader('content-type', protocol === 'grpc' ? 'application/grpc' : 'application/x-protobuf')
      if (protocol === 'grpc') response.setHeader('grpc-status', '0')
      response.end()
    })
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise((resolve) => backend.close(() => resolve())))
    const target = await startSpanmeter({
      backend: { url: `https://127.0.0.1:${(backend.address() as AddressInfo).port}`, protocol },
      exporter: {
        tls: { ca_file: server.cert, cert_file: first.cert, key_file: first.key, reload_interval: '20ms' },
      },
    })
    closing.push(() => target.close())
    const send = async () => {
      const reply = await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(newIds(1)) })
      expect(reply.status).toBe(200)
    }
    await send()
    await expect.poll(() => presented).toEqual(['first'])

    const second = makeCertificate(directory, 'second', 'ca')
    await writeFile(first.cert, await readFile(second.cert))
    await expect(target.service.reload(parseConfig('{}', 'test', {}))).rejects.toThrow(/key values mismatch/)
    await send()
    await writeFile(first.key, await readFile(second.key))
    await expect
      .poll(async () => {
        await send()
        return presented
      })
      .toContain('second')
    expect(new Set(presented)).toEqual(new Set(['first', 'second']))
  },
)
