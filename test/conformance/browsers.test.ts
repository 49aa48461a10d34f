import { describe, expect, onTestFinished, test } from 'vitest'
import { http, JSON_TYPE, PROTOBUF } from './support/client.ts'
import { newIds, tracesJson, tracesProtobuf } from './support/payloads.ts'
import { startSpanmeter, type Target } from './support/targets.ts'

/** A receiver with these settings for CORS. */
async function start(cors?: Record<string, unknown>): Promise<Target> {
  const protocol = { endpoint: '127.0.0.1:0', ...(cors && { cors }) }
  const target = await startSpanmeter({
    sections: { receivers: { otlp: { protocols: { http: protocol } } } },
  })
  onTestFinished(() => target.close())
  return target
}

async function preflight(target: Target, origin: string, headers = 'content-type') {
  const reply = await http(target.http, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': headers,
    },
  })
  return {
    status: reply.status,
    cors: Object.fromEntries(
      Object.entries(reply.headers).filter(([name]) => name.startsWith('access-control-') || name === 'vary'),
    ),
  }
}

const app = 'https://app.example'

describe('CORS', () => {
  test('is off unless configured: no page may send, and no header says otherwise', async () => {
    const target = await start()
    expect(await preflight(target, app)).toEqual({ status: 405, cors: {} })
    const reply = await http(target.http, {
      headers: { ...JSON_TYPE, origin: app },
      body: tracesJson(newIds(1)),
    })
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  test('lets a page of an allowed origin ask, send, and read the answer and its Retry-After', async () => {
    const target = await start({ allowed_origins: [app], allowed_headers: ['X-Api-Key'], max_age: 600 })
    expect(await preflight(target, app)).toEqual({
      status: 204,
      cors: {
        'access-control-allow-origin': app,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type, content-encoding, x-requested-with, x-api-key',
        'access-control-expose-headers': 'retry-after',
        'access-control-max-age': '600',
        vary: 'origin',
      },
    })
    const sent = await http(target.http, {
      headers: { ...JSON_TYPE, origin: app },
      body: tracesJson(newIds(1)),
    })
    expect([sent.status, sent.headers['access-control-allow-origin']]).toEqual([200, app])
    const bad = await http(target.http, { headers: { ...JSON_TYPE, origin: app }, body: Buffer.from('{') })
    expect([bad.status, bad.headers['access-control-allow-origin']]).toEqual([400, app])
  })

  test.each([
    ['https://*.app.example', 'https://eu.app.example', 204],
    ['https://*.app.example', 'https://app.example', 403],
    ['https://*.app.example', 'https://evil.example', 403],
    ['https://*.app.example', 'https://evilapp.example', 403],
    ['https://app.example', 'https://app.example.evil.example', 403],
    ['https://app.example', 'http://app.example', 403],
    ['https://app.example', 'null', 403],
    ['HTTPS://App.Example', 'https://app.example', 204],
  ])('allowed_origins [%s]: a preflight from %s is %i', async (pattern, origin, status) => {
    expect((await preflight(await start({ allowed_origins: [pattern] }), origin)).status).toBe(status)
  })

  test('with * alone any page may send, but never with credentials', async () => {
    const { cors } = await preflight(
      await start({ allowed_origins: ['*'], allowed_headers: ['*'] }),
      app,
      'x-any',
    )
    expect(cors).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'x-any',
    })
    expect(cors).not.toHaveProperty('access-control-allow-credentials')
  })
})

test('a page that points its own name at loopback can’t send: its browser says where it comes from', async () => {
  const target = await start()
  const send = (headers: Record<string, string>) =>
    http(target.http, { headers: { ...JSON_TYPE, ...headers }, body: tracesJson(newIds(1)) })
  for (const host of ['evil.example:4318', '127.evil.example:4318', '127.0.0.1.evil.example']) {
    const rebound = await send({ host, origin: `http://${host}` })
    expect([rebound.status, JSON.parse(rebound.body.toString()).code], host).toEqual([421, 7])
  }
  for (const host of ['localhost:4318', '127.0.0.1', '[::1]:4318']) {
    expect((await send({ host, origin: 'http://localhost:3000' })).status, host).toBe(200)
  }
  expect((await send({ host: 'otel.internal' })).status).toBe(200)
})

test('content types that a page can send without asking are refused: no CSRF', async () => {
  const target = await start()
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ]) {
    const headers = { ...(type !== '' && { 'content-type': type }), origin: 'https://evil.example' }
    expect((await http(target.http, { headers, body: tracesJson(newIds(1)) })).status, type).toBe(415)
  }
  expect((await http(target.http, { headers: PROTOBUF, body: tracesProtobuf(newIds(1)) })).status).toBe(200)
})
