import { readFile, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer as createHttp2Server } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { parseConfig } from '@spanmeter/processor'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createExporter } from '../../packages/processor/src/exporters/create-exporter.ts'
import type { DeliveryResult, Destination } from '../../packages/processor/src/exporters/types.ts'
import { listenLocally } from '../support/listen-locally.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { hasOpenssl, makeCertificate } from './support/certificates.ts'
import { http, PROTOBUF } from './support/client.ts'
import { newIds, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter } from './support/targets.ts'

let directory: string
beforeEach(() => {
  directory = temporaryDirectory()
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
    const port = await listenLocally(backend)
    onTestFinished(() => new Promise((resolve) => backend.close(() => resolve())))
    const target = await startSpanmeter({
      backend: {
        url: `https://127.0.0.1:${port}`,
        protocol: 'http/protobuf',
      },
      exporter: { timeout: '200ms', tls: { ca_file: server.cert } },
    })
    onTestFinished(() => target.close())
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
    const port = await listenLocally(backend)
    onTestFinished(() => new Promise((resolve) => backend.close(() => resolve())))
    const target = await startSpanmeter({
      backend: { url: `https://127.0.0.1:${port}`, protocol },
      exporter: {
        tls: { ca_file: server.cert, cert_file: first.cert, key_file: first.key, reload_interval: '20ms' },
      },
    })
    onTestFinished(() => target.close())
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

describe.skipIf(!hasOpenssl)('gRPC over TLS, where the environment names a proxy', () => {
  afterEach(() => vi.unstubAllEnvs())

  /** What the proxy was asked for; all of it leads to a backend that takes everything. */
  async function startProxy(): Promise<{ asked: string[]; calls: string[] }> {
    const server = makeCertificate(directory, 'server')
    const calls: string[] = []
    const backend = createHttp2Server({ cert: await readFile(server.cert), key: await readFile(server.key) })
    backend.on('request', (request, response) => {
      calls.push(request.url)
      request.resume()
      response.writeHead(200, { 'content-type': 'application/grpc', 'grpc-status': '0' })
      response.end()
    })
    const asked: string[] = []
    const proxy = createHttpServer()
    proxy.on('connect', (request, client) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`)
      if (request.url?.startsWith('refused')) return client.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      const upstream = connect(backendPort, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n')
        client.pipe(upstream).pipe(client)
      })
      for (const socket of [client, upstream]) {
        socket.on('error', () => undefined)
        onTestFinished(async () => void socket.destroy())
      }
    })
    const backendPort = await listenLocally(backend)
    vi.stubEnv('https_proxy', `http://ann:hush@127.0.0.1:${await listenLocally(proxy)}`)
    for (const listener of [backend, proxy])
      onTestFinished(() => new Promise((resolve) => listener.close(() => resolve())))
    return { asked, calls }
  }

  const exporterTo = (endpoint: string): Destination => {
    const config = parseConfig(
      JSON.stringify({
        exporters: [{ name: 'a', endpoint, protocol: 'grpc', tls: { insecure_skip_verify: true } }],
      }),
      'test',
      {},
    )
    const exporter = createExporter(config.exporters[0]!)
    onTestFinished(() => exporter.close())
    return exporter
  }
  const deliver = (exporter: Destination): Promise<DeliveryResult> =>
    exporter.deliver(
      {
        signal: 'traces',
        encoding: 'protobuf',
        itemCount: 1,
        acceptedAt: 0,
        payload: tracesProtobuf(newIds(1)),
      },
      new AbortController().signal,
    )

  test('goes through a tunnel, one for all calls', async () => {
    const { asked, calls } = await startProxy()
    const exporter = exporterTo('https://otlp.invalid')
    const results = await Promise.all([deliver(exporter), deliver(exporter)])
    expect([...results, await deliver(exporter)]).toEqual(Array(3).fill({ kind: 'accepted' }))
    expect(asked).toEqual([`otlp.invalid:443 Basic ${Buffer.from('ann:hush').toString('base64')}`])
    expect(calls).toHaveLength(3)
  })

  test('is tried again later where the proxy refuses', async () => {
    await startProxy()
    expect(await deliver(exporterTo('https://refused.invalid:4317'))).toEqual({
      kind: 'retryable',
      message: 'the proxy answered 403',
    })
  })

  test.each([
    ['otlp.invalid', false],
    ['.invalid', false],
    ['*.invalid:4317', false],
    ['other.invalid, *', false],
    ['*.otlp.invalid', true],
    ['otlp.invalid:443', true],
    ['tlp.invalid', true],
  ])('NO_PROXY=%s', async (list, isProxied) => {
    const { asked } = await startProxy()
    vi.stubEnv('no_proxy', list)
    const { kind } = await deliver(exporterTo('https://otlp.invalid:4317'))
    expect([kind, asked.length]).toEqual(isProxied ? ['accepted', 1] : ['retryable', 0])
  })

  test('is refused at the start through a SOCKS proxy', () => {
    vi.stubEnv('https_proxy', 'socks5://proxy:1080')
    expect(() => exporterTo('https://otlp.invalid')).toThrow(/add otlp.invalid to NO_PROXY/)
  })
})
