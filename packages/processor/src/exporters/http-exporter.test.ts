import { createServer, type RequestListener, type Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { listenLocally } from '../../../../test/support/listen-locally.ts'
import { parseConfig } from '../config/load-config.ts'
import type { ExporterConfig } from '../config/types.ts'
import { createExporter } from './create-exporter.ts'
import type { DeliveryResult } from './types.ts'

async function serve(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer)
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${await listenLocally(server)}`
}

/** One attempt to deliver to an endpoint. */
function deliverTo(settings: object): Promise<DeliveryResult> {
  const config = parseConfig(JSON.stringify({ exporters: [{ name: 'a', ...settings }] }), 'test', {})
  const exporter = createExporter(config.exporters[0] as ExporterConfig)
  onTestFinished(() => exporter.close())
  const payload = Buffer.alloc(0)
  const record = { signal: 'traces', encoding: 'protobuf', itemCount: 1, acceptedAt: 0, payload } as const
  return exporter.deliver(record, new AbortController().signal)
}

describe('an answer', () => {
  test('that is a web page is a success, with a warning', async () => {
    const endpoint = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end('<html><title>Sign in</title></html>')
    })
    const partial = { rejectedItems: 0, errorMessage: expect.stringContaining('is the endpoint right?') }
    expect(await deliverTo({ endpoint })).toEqual({ kind: 'accepted', partial })
  })

  test('that leads elsewhere is not followed, and says where', async () => {
    const endpoint = await serve((_request, response) => {
      response.writeHead(308, { location: 'https://otlp.example/v1/traces?token=hush' }).end()
    })
    expect(await deliverTo({ endpoint })).toEqual({
      kind: 'permanent',
      status: '308',
      message: 'HTTP 308: redirected to https://otlp.example/v1/traces; set the endpoint to where it leads',
    })
  })

  test('whose compressed body is damaged counts as its status says; one that inflates without end, as none', async () => {
    const serveGzip = (body: Buffer) =>
      serve((_request, response) => void response.setHeader('content-encoding', 'gzip').end(body))
    const whole = gzipSync(Buffer.alloc(5 * 2 ** 20))
    expect(await deliverTo({ endpoint: await serveGzip(whole.subarray(0, 99)) })).toEqual({
      kind: 'accepted',
    })
    expect(await deliverTo({ endpoint: await serveGzip(whole) })).toMatchObject({ kind: 'permanent' })
  })

  test("that is a gateway's page is told by its title", async () => {
    const endpoint = await serve((_request, response) => {
      response.writeHead(502, { 'content-type': 'text/html' })
      response.end('<html>\n<head><title>502 Bad Gateway</title></head><body>nginx</body></html>')
    })
    expect(await deliverTo({ endpoint })).toMatchObject({ message: 'HTTP 502: 502 Bad Gateway' })
  })
})

describe('a proxy that the environment names', () => {
  afterEach(() => vi.unstubAllEnvs())
  const proxied: (string | undefined)[] = []
  const startProxy = async (): Promise<void> => {
    proxied.length = 0
    const proxy = await serve((request, response) => {
      proxied.push(request.url)
      request.resume()
      response.end()
    })
    vi.stubEnv('http_proxy', proxy)
  }

  test('is on the way to other machines', async () => {
    await startProxy()
    expect(await deliverTo({ endpoint: 'http://otlp.invalid:4318' })).toEqual({ kind: 'accepted' })
    expect(proxied).toEqual(['http://otlp.invalid:4318/v1/traces'])
  })

  test('is not on the way to those of NO_PROXY, nor to this one', async () => {
    await startProxy()
    vi.stubEnv('no_proxy', '.invalid')
    expect(await deliverTo({ endpoint: 'http://otlp.invalid:4318' })).toMatchObject({ kind: 'retryable' })
    const endpoint = await serve((_request, response) => void response.end())
    expect(await deliverTo({ endpoint })).toEqual({ kind: 'accepted' })
    expect(proxied).toEqual([])
  })

  test('may be named without http://', async () => {
    await startProxy()
    vi.stubEnv('http_proxy', process.env.http_proxy?.replace('http://', ''))
    expect(await deliverTo({ endpoint: 'http://otlp.invalid:4318' })).toEqual({ kind: 'accepted' })
    expect(proxied).toHaveLength(1)
  })

  test('is refused by the name of the variable where its address is none, without the password in it', () => {
    vi.stubEnv('HTTPS_PROXY', 'ftp://ann:hush@proxy')
    expect(() => deliverTo({ endpoint: 'https://otlp.invalid' })).toThrow(
      /^HTTPS_PROXY is not a proxy .* or unset it$/,
    )
  })
})

describe('where nothing answers as it should, the message says what to do', () => {
  const answer: RequestListener = (request, response) => {
    request.resume()
    response.end()
  }
  test('TLS to a server without', async () => {
    const endpoint = (await serve(answer)).replace('http:', 'https:')
    const words = /the server does not speak TLS on this port; should the endpoint begin with http:\/\//
    expect(await deliverTo({ endpoint })).toMatchObject({ message: expect.stringMatching(words) })
  })

  test('gRPC to a server of HTTP/1.1', async () => {
    const endpoint = await serve(answer)
    const message = 'the peer speaks HTTP/1.1, so it is no gRPC server'
    expect(await deliverTo({ endpoint, protocol: 'grpc' })).toMatchObject({ kind: 'retryable', message })
  })
})
