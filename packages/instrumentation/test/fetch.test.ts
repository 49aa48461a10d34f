import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import { trace } from '@opentelemetry/api'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { MockAgent, ProxyAgent, fetch as undiciFetch } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { chatAnswer } from './support/chat-answer.ts'
import { listen } from './support/listen.ts'

const body = JSON.stringify({ model: 'm', messages: [] })

let server: Server
let origin: string
let captured: CapturedSpans
/** What the next requests are answered with, before all others succeed. */
let statuses: number[]
let authorizations: (string | undefined)[]
beforeAll(async () => {
  server = createServer((request, response) => {
    authorizations.push(request.headers.authorization)
    const headers = { 'content-type': 'application/json', location: '/elsewhere' }
    request.resume().on('end', () => response.writeHead(statuses.shift() ?? 200, headers).end(chatAnswer))
  })
  origin = await listen(server)
})
beforeEach(() => {
  statuses = []
  authorizations = []
  captured = captureSpans()
})
afterEach(() => captured.stop())
afterAll(() => {
  server.close()
})

const chat = (init: RequestInit = {}): Promise<Response> =>
  fetch(`${origin}/v1/chat/completions`, { method: 'POST', body, ...init })

async function httpChat(): Promise<void> {
  const request = httpRequest(`${origin}/v1/chat/completions`, { method: 'POST' }).end(body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  await once(response.resume(), 'end')
}

async function told(count: number): Promise<unknown[]> {
  const spans = await captured.take(count)
  return spans.map(({ attributes }) => [
    attributes['gen_ai.usage.input_tokens'],
    attributes['spanmeter.usage.missing'],
    attributes['spanmeter.request.attempts'],
  ])
}

describe('fetch', () => {
  test("a Request to an app's own API is no call, though its path could be of one: its body tells as it passes", async () => {
    const post = (path: string, content: object): Promise<Response> =>
      fetch(new Request(`${origin}${path}`, { method: 'POST', body: JSON.stringify(content) }))
    await (await post('/surveys/7/responses', { answers: [42] })).text()
    await (await post('/v1/responses', { model: 'm', input: 'Hi' })).text()
    const spans = await captured.take(1)
    expect(spans.map(({ name }) => name)).toEqual(['chat m'])
  })

  test('headers that can be read but once are left to the request, even where retries are told by them', async () => {
    statuses = [503]
    await (await chat()).text()
    const headers = new Map([['authorization', 'Bearer sk-test']]).entries()
    await (await chat({ headers: headers as never })).text()
    expect(authorizations).toEqual([undefined, 'Bearer sk-test'])
    expect(await told(1)).toEqual([[11, undefined, 2]])
  })

  test.each<[string, (headers: Record<string, string>) => NonNullable<RequestInit['headers']>]>([
    ['as pairs', (headers) => Object.entries(headers)],
    ['as Headers', (headers) => new Headers(headers)],
    [
      'as an object, in whichever case',
      ({ 'amz-sdk-invocation-id': id }) => ({ 'Amz-Sdk-Invocation-Id': id! }),
    ],
  ])('headers given %s tell of a retry', async (_, given) => {
    statuses = [503]
    for (const content of ['Hello', 'Hello again']) {
      const headers = given({ 'amz-sdk-invocation-id': 'a-1' })
      await (await chat({ headers, body: JSON.stringify({ model: 'm', messages: [{ content }] }) })).text()
    }
    expect(await told(1)).toEqual([[11, undefined, 2]])
  })

  test('a header that is made when it is read is read once, by the request', async () => {
    statuses = [503]
    await (await chat()).text()
    let reads = 0
    const headers = {
      'content-type': 'application/json',
      get authorization() {
        return `Bearer ${++reads}`
      },
    }
    await (await chat({ headers })).text()
    expect(authorizations).toEqual([undefined, 'Bearer 1'])
    expect(await told(1)).toEqual([[11, undefined, 2]])
  })

  test.each<[string, PropertyDescriptor]>([
    ['is not there', { value: undefined, writable: true }],
    ['may not be replaced', { value: globalThis.fetch, writable: false }],
  ])('that %s: calls are metered all the same', async (_, descriptor) => {
    captured.stop()
    const original = globalThis.fetch
    Object.defineProperty(globalThis, 'fetch', { ...descriptor, configurable: true })
    try {
      captured = captureSpans()
      await httpChat()
      await (await undiciFetch(`${origin}/v1/chat/completions`, { method: 'POST', body })).text()
      expect(globalThis.fetch).toBe(descriptor.value)
      expect(await told(2)).toEqual([
        [11, undefined, 1],
        [11, undefined, 1],
      ])
      captured.stop()
    } finally {
      Object.defineProperty(globalThis, 'fetch', { value: original, writable: true, configurable: true })
    }
  })

  test.each<[string, 'follow' | 'manual', unknown]>([
    ['is followed to an address that is none of an API', 'follow', [11, undefined, 1]],
    ['is not to be followed, and is the answer', 'manual', [undefined, 'unreadable', 1]],
  ])('a redirection that %s', async (_, redirect, expected) => {
    statuses = [307]
    expect(await (await chat({ redirect })).text()).toBe(chatAnswer)
    expect(await told(1)).toEqual([expected])
  })

  test('sent whole to a proxy, it is still one call', async () => {
    const proxy = createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', via: request.url }).end(chatAnswer)
    })
    const uri = await listen(proxy)
    const dispatcher = new ProxyAgent({ uri, proxyTunnel: false })
    captured.stop()
    const original = globalThis.fetch
    globalThis.fetch = undiciFetch as unknown as typeof fetch
    captured = captureSpans()
    const response = await chat({ dispatcher: dispatcher as never })
    expect([response.headers.get('via'), await response.text()]).toEqual([
      `${origin}/v1/chat/completions`,
      chatAnswer,
    ])
    expect(await told(1)).toEqual([[11, undefined, 1]])
    captured.stop()
    globalThis.fetch = original
    await dispatcher.close()
    proxy.close()
  })

  test.each<[string, () => Promise<unknown>]>([
    ['fetch', async () => (await chat()).text()],
    ['node:http', httpChat],
  ])('a call by %s, made while the body of another is asked for, is its child', async (_, call) => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      await call()
      yield Buffer.from(body)
    }
    await (await chat({ body: pieces() as never, duplex: 'half' } as RequestInit)).text()
    const [inner, outer] = await captured.take(2)
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId)
    expect([inner, outer].map((span) => span?.attributes['gen_ai.usage.input_tokens'])).toEqual([11, 11])
  })

  test('an answer that no network brought ends its call, with nothing known of its usage', async () => {
    const dispatcher = new MockAgent()
    dispatcher.get(origin).intercept({ path: '/v1/chat/completions', method: 'POST' }).reply(200, chatAnswer)
    captured.stop()
    const original = globalThis.fetch
    globalThis.fetch = undiciFetch as unknown as typeof fetch
    captured = captureSpans()
    expect(await (await chat({ dispatcher: dispatcher as never })).text()).toBe(chatAnswer)
    expect(await told(1)).toEqual([[undefined, 'unreadable', 1]])
    captured.stop()
    globalThis.fetch = original
  })

  test('of the app, which tries again by itself, is still one call', async () => {
    captured.stop()
    const original = globalThis.fetch
    const retrying: typeof fetch = async (...args) => {
      const response = await original(...args)
      return response.status === 503 ? original(...args) : response
    }
    globalThis.fetch = Object.assign(retrying, { known: 'by this' })
    captured = captureSpans()
    expect(Reflect.get(fetch, 'known')).toBe('by this')
    statuses = [503]
    expect(await (await chat()).text()).toBe(chatAnswer)
    expect(await told(1)).toEqual([[11, undefined, 2]])
    captured.stop()
    globalThis.fetch = original
  })

  test('is left alone once metering has stopped, by whoever has wrapped it, too', async () => {
    const kept = globalThis.fetch
    captured.metering.stop()
    const response = await kept(`${origin}/v1/chat/completions`, { method: 'POST', body })
    expect(await response.text()).toBe(chatAnswer)
    expect(await captured.take(0)).toEqual([])
  })

  test('whether a call is sampled is decided once', async () => {
    let decisions = 0
    const exporter = new InMemorySpanExporter()
    const sampler = {
      shouldSample: () => ({ decision: decisions++ === 0 ? 0 : 2 }),
      toString: () => 'all but the first',
    }
    trace.disable()
    trace.setGlobalTracerProvider(
      new TracerProvider({ sampler, spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    )
    await (await chat()).text()
    expect([decisions, exporter.getFinishedSpans().length]).toEqual([1, 0])
  })
})
