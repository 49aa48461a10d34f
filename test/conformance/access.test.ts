import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { connect as connectHttp2 } from 'node:http2'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { parseConfig } from '@spanmeter/processor'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { newBatch } from '../chaos/load.ts'
import { decodeSpans } from '../support/otlp-sink.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { startHttpBackend } from './support/backend.ts'
import { hasOpenssl, makeCertificate } from './support/certificates.ts'
import { grpc, http, JSON_TYPE, PROTOBUF } from './support/client.ts'
import { newIds, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter } from './support/targets.ts'

let directory: string
beforeEach(() => {
  directory = temporaryDirectory()
})

async function secret(name: string, text: string): Promise<string> {
  const path = join(directory, name)
  await writeFile(path, text)
  return path
}

/** A processor whose receivers, and page, have these settings. */
async function start(settings: Record<string, unknown>, backend?: string) {
  const protocol = { endpoint: '127.0.0.1:0', ...settings }
  const target = await startSpanmeter({
    ...(backend === undefined ? {} : { backend: { url: backend, protocol: 'http/protobuf' as const } }),
    sections: { receivers: { otlp: { protocols: { http: protocol, grpc: protocol } } }, web: protocol },
  })
  onTestFinished(() => target.close())
  return target
}

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

describe('bearer tokens and basic auth', () => {
  test('a request without, or with a wrong token is 401 with a Status, UNAUTHENTICATED in gRPC; a right one passes', async () => {
    const auth = { bearer_token_file: await secret('tokens', 'old-token\nnew-token\n') }
    const target = await start({ auth })
    const body = tracesProtobuf(newIds(1))
    const send = (authorization?: string) =>
      http(target.http, { headers: { ...PROTOBUF, ...(authorization && { authorization }) }, body })

    const refused = await send()
    expect(refused.status).toBe(401)
    expect(refused.headers['www-authenticate']).toContain('Bearer')
    expect(refused.body.byteLength).toBeGreaterThan(0)
    for (const wrong of ['Bearer nope', 'Bearer old-toke', 'Bearer old-tokenn', 'Basic old-token']) {
      expect((await send(wrong)).status, wrong).toBe(401)
    }
    expect((await send('Bearer old-token')).status).toBe(200)
    expect((await send('bearer new-token')).status).toBe(200)

    expect((await grpc(target.grpc, { message: body })).status).toBe(16)
    expect(
      (await grpc(target.grpc, { message: body, headers: { authorization: 'Bearer new-token' } })).status,
    ).toBe(0)
  })

  test('basic auth works likewise, and guards the page, its API and /metrics; not the health checks', async () => {
    const auth = { basic: { username: 'ann', password_file: await secret('password', 's3cret\n') } }
    const target = await start({ auth })
    const get = (path: string, authorization?: string) =>
      fetch(`${target.web}${path}`, authorization === undefined ? {} : { headers: { authorization } })
    for (const path of ['/', '/metrics', '/api/v1/status']) expect((await get(path)).status, path).toBe(401)
    for (const path of ['/healthz', '/readyz']) expect((await get(path)).status, path).toBe(200)
    expect((await get('/metrics', basic('ann', 's3cret'))).status).toBe(200)
    expect((await get('/metrics', basic('ann', 'wrong'))).status).toBe(401)
  })

  test('a health check with a slash at its end is one; one that is misspelt fails', async () => {
    const target = await start({})
    const status = async (path: string) => (await fetch(`${target.web}${path}`)).status
    expect(await Promise.all(['/readyz/', '/healthz/', '/ready', '/health/live'].map(status))).toEqual([
      200, 200, 404, 404,
    ])
  })

  test('a reload takes over new tokens; a file that is gone keeps the old ones', async () => {
    const path = await secret('tokens', 'first\n')
    const target = await start({ auth: { bearer_token_file: path } })
    const body = tracesProtobuf(newIds(1))
    const status = async (token: string) =>
      (await http(target.http, { headers: { ...PROTOBUF, authorization: `Bearer ${token}` }, body })).status
    const config = parseConfig('{}', 'test', {})

    await writeFile(path, 'second\n')
    await target.service.reload(config)
    expect([await status('first'), await status('second')]).toEqual([401, 200])
    await rm(path)
    await expect(target.service.reload(config)).rejects.toThrow(/ENOENT/)
    expect(await status('second')).toBe(200)
  })

  test('a token file that changes is taken over without being told', async () => {
    const path = await secret('tokens', 'first\n')
    const target = await start({ auth: { bearer_token_file: path, reload_interval: '20ms' } })
    const body = tracesProtobuf(newIds(1))
    const status = async (token: string) =>
      (await http(target.http, { headers: { ...PROTOBUF, authorization: `Bearer ${token}` }, body })).status
    await writeFile(path, '\n')
    await writeFile(path, 'second\n')
    await expect.poll(() => status('second')).toBe(200)
    expect(await status('first')).toBe(401)
  })

  test('a reload that is wrong in one thing takes over nothing', async () => {
    const path = await secret('tokens', 'first\n')
    const target = await start({ auth: { bearer_token_file: path } })
    await writeFile(path, 'second\n')
    const wrong = parseConfig('pricing: { overrides: /nowhere.yaml }', 'test', {})
    await expect(target.service.reload(wrong)).rejects.toThrow(/nowhere/)
    const headers = { ...PROTOBUF, authorization: 'Bearer first' }
    expect((await http(target.http, { headers, body: tracesProtobuf(newIds(1)) })).status).toBe(200)
  })
})

test('a token that is pinned to a tenant forces business.tenant, whatever the span says', async () => {
  const backend = await startHttpBackend()
  onTestFinished(() => backend.close())
  const auth = { tenants: [{ tenant: 'acme', bearer_token_file: await secret('acme', 'acme-token\n') }] }
  const target = await start({ auth }, backend.url)
  const claim = { key: 'business.tenant', value: { stringValue: 'somebody-else' } }
  const call = { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } }
  const [spanId] = newIds(1)
  const span = {
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId,
    name: 'chat',
    attributes: [call, claim],
  }
  const body = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
  const headers = { ...JSON_TYPE, authorization: 'Bearer acme-token' }
  expect((await http(target.http, { headers, body })).status).toBe(200)
  const batch = { headers: { ...PROTOBUF, authorization: 'Bearer acme-token' }, body: newBatch(1, 0).body }
  expect((await http(target.http, batch)).status).toBe(200)

  await expect.poll(() => backend.attempts.length).toBe(2)
  const tenants = backend.attempts.flatMap((attempt) =>
    decodeSpans(attempt.body).map(({ attributes }) => attributes['business.tenant']),
  )
  expect(tenants).toEqual(['acme', 'acme'])
})

describe('TLS', () => {
  const certificate = (name: string, ca?: string) => makeCertificate(directory, name, ca)

  async function post(url: string, options: object): Promise<number> {
    const body = tracesProtobuf(newIds(1))
    const request = httpsRequest(`${url}/v1/traces`, {
      method: 'POST',
      headers: PROTOBUF,
      agent: false,
      ...options,
    })
    request.end(body)
    const [response] = await once(request, 'response')
    response.resume()
    return response.statusCode
  }

  test.skipIf(!hasOpenssl)('certificates are replaced under the running server by a reload', async () => {
    const first = certificate('first')
    const target = await start({ tls: { cert_file: first.cert, key_file: first.key } })
    expect(await post(target.http, { ca: await readFile(first.cert) })).toBe(200)

    const second = certificate('second')
    await writeFile(first.cert, await readFile(second.cert))
    await writeFile(first.key, await readFile(second.key))
    await target.service.reload(parseConfig('{}', 'test', {}))
    expect(await post(target.http, { ca: await readFile(second.cert) })).toBe(200)
  })

  test.skipIf(!hasOpenssl)('certificates that change are taken over without being told', async () => {
    const first = certificate('first')
    const target = await start({
      tls: { cert_file: first.cert, key_file: first.key, reload_interval: '20ms' },
    })
    const second = certificate('second')
    await writeFile(first.cert, await readFile(second.cert))
    await writeFile(first.key, await readFile(second.key))
    const ca = await readFile(second.cert)
    const status = () =>
      post(target.http, { ca }).then(
        (code) => code,
        () => 0,
      )
    await expect.poll(status).toBe(200)
  })

  test.skipIf(!hasOpenssl)('a certificate without its key keeps the one before', async () => {
    const first = certificate('first')
    const target = await start({ tls: { cert_file: first.cert, key_file: first.key } })
    const ca = await readFile(first.cert)
    await writeFile(first.cert, await readFile(certificate('second').cert))
    await expect(target.service.reload(parseConfig('{}', 'test', {}))).rejects.toThrow(/key values mismatch/)
    expect(await post(target.http, { ca })).toBe(200)
  })

  test.skipIf(!hasOpenssl)(
    'with client_ca_file only clients with its certificate get in, over HTTP and gRPC',
    async () => {
      const server = certificate('server')
      certificate('ca')
      const client = certificate('client', 'ca')
      const target = await start({
        tls: { cert_file: server.cert, key_file: server.key, client_ca_file: join(directory, 'ca.crt') },
      })
      const ca = await readFile(server.cert)
      const identity = { cert: await readFile(client.cert), key: await readFile(client.key) }
      expect(await post(target.http, { ca, ...identity })).toBe(200)
      await expect(post(target.http, { ca })).rejects.toThrow()

      const session = connectHttp2(target.grpc, { ca })
      session.on('error', () => undefined)
      const stream = session.request({ ':method': 'POST', ':path': '/' })
      stream.on('error', () => undefined)
      let answered = false
      stream.on('response', () => {
        answered = true
      })
      stream.resume()
      await new Promise((resolve) => stream.on('close', resolve))
      expect(answered).toBe(false)
      session.destroy()
    },
  )
})

describe('the page', () => {
  test('carries security headers on every answer', async () => {
    const target = await start({})
    const { headers } = await fetch(`${target.web}/`)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('answers no foreign host name on loopback: a page elsewhere could point its name here', async () => {
    const target = await start({})
    const reply = await http(target.web ?? '', {
      path: '/metrics',
      method: 'GET',
      headers: { host: 'evil.example' },
    })
    expect(reply.status).toBe(421)
  })

  test('serves no file from outside of its folder', async () => {
    const target = await start({})
    // Beside the folder is the manifest of its package.
    for (const path of ['/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json', '/%00.js']) {
      const reply = await http(target.web ?? '', { path, method: 'GET' })
      expect(reply.body.toString(), path).not.toContain('@spanmeter')
    }
  })
})
