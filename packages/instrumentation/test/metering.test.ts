import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, Server } from 'node:http'
import type { LookupFunction } from 'node:net'
import { inspect } from 'node:util'
import Anthropic from '@anthropic-ai/sdk'
import {
  type Attributes,
  type AttributeValue,
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import {
  CompositePropagator,
  type RPCMetadata,
  RPCType,
  setRPCMetadata,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import OpenAI from 'openai'
import { fetch as undiciFetch, request as undiciRequest } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { withBusinessContext } from '../src/business/business-context.ts'
import { BusinessContextSpanProcessor } from '../src/business/business-context-span-processor.ts'
import { recordOutcome } from '../src/business/record-outcome.ts'
import type { MeteringOptions } from '../src/configuration.ts'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { listen } from './support/listen.ts'
import { type StandIn, startStandIn } from './support/stand-in.ts'

let standIn: StandIn
let captured: CapturedSpans | undefined

beforeAll(async () => {
  standIn = await startStandIn()
})
afterAll(() => standIn.close())
afterEach(() => {
  captured?.stop()
  captured = undefined
  standIn.forget()
})

function capture(options: MeteringOptions = {}): CapturedSpans {
  captured = captureSpans(options)
  return captured
}

const messages = [{ role: 'user' as const, content: 'Hello' }]
const body = JSON.stringify({ model: 'gpt-4.1', messages })

function openai(): OpenAI {
  return new OpenAI({ apiKey: 'sk-secret', baseURL: `${standIn.url}/v1`, maxRetries: 2 })
}

function port(): number {
  return Number(new URL(standIn.url).port)
}

/** Times and ids aside. */
function attributesOf(span: ReadableSpan | undefined): Record<string, unknown> {
  return { ...span?.attributes }
}

describe('the span of a call', () => {
  test('says all that request and response say, and nothing of the key', async () => {
    const spans = capture()
    await openai().chat.completions.create({
      model: 'gpt-4.1',
      messages,
      temperature: 0.5,
      max_completion_tokens: 100,
      n: 2,
      seed: 7,
      stop: ['END'],
    })
    const [span] = await spans.take(1)
    expect(span?.name).toBe('chat gpt-4.1')
    expect(span?.kind).toBe(SpanKind.CLIENT)
    expect(span?.status).toEqual({ code: SpanStatusCode.UNSET })
    expect(attributesOf(span)).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.choice.count': 2,
      'gen_ai.request.seed': 7,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.id': 'chatcmpl-1',
      'gen_ai.response.model': 'gpt-4.1-2026',
      'gen_ai.usage.cache_read.input_tokens': 768,
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.audio.input_tokens': 0,
      'gen_ai.usage.audio.output_tokens': 0,
      'gen_ai.usage.output_tokens': 200,
      'gen_ai.usage.reasoning.output_tokens': 64,
      'openai.api.type': 'chat_completions',
      'openai.response.service_tier': 'default',
      'server.address': '127.0.0.1',
      'server.port': port(),
      'spanmeter.request.attempts': 1,
      'spanmeter.response.service_tier': 'default',
    })
    expect(JSON.stringify(span?.attributes)).not.toContain('sk-secret')
  })

  test('an error of the provider is its code, with a status and an event for the attempt', async () => {
    const spans = capture()
    await expect(openai().chat.completions.create({ model: 'fails-401', messages })).rejects.toThrow('401')
    const [span] = await spans.take(1)
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'failed with 401' })
    expect(span?.attributes['error.type']).toBe('type_401')
    expect(span?.events.map(({ name, attributes }) => ({ name, attributes }))).toEqual([
      {
        name: 'spanmeter.request.attempt_failed',
        attributes: {
          'spanmeter.request.attempt': 1,
          'error.type': 'type_401',
          'http.response.status_code': 401,
        },
      },
    ])
  })

  test('a call that is retried is one span, with an event for each attempt that failed', async () => {
    const spans = capture()
    await openai().chat.completions.create({ model: 'fails-once', messages })
    const [span, ...others] = await spans.take(1)
    expect(others).toEqual([])
    expect(span?.attributes['spanmeter.request.attempts']).toBe(2)
    expect(span?.status.code).toBe(SpanStatusCode.UNSET)
    expect(span?.events.map(({ attributes }) => attributes?.['http.response.status_code'])).toEqual([503])
  })

  test('the same request sent again by the app itself, after a failure, is the same call', async () => {
    const spans = capture()
    const send = (): Promise<Response> =>
      fetch(`${standIn.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'x-stainless-retry-count': standIn.seen.length === 0 ? '0' : '1' },
        body: JSON.stringify({ model: 'fails-once', messages }),
      })
    expect((await send()).status).toBe(503)
    expect((await send()).status).toBe(200)
    const all = await spans.take(1)
    expect(all.map(({ attributes }) => attributes['spanmeter.request.attempts'])).toEqual([2])
  })

  test('two calls that fail side by side stay two', async () => {
    const spans = capture()
    const call = (content: string): Promise<unknown> =>
      openai()
        .chat.completions.create(
          { model: 'fails-429', messages: [{ role: 'user', content }] },
          { maxRetries: 1 },
        )
        .catch(() => undefined)
    await Promise.all([call('one'), call('two')])
    spans.metering.endOpenCalls()
    const all = await spans.take(2)
    expect(all.map(({ attributes }) => attributes['spanmeter.request.attempts'])).toEqual([2, 2])
  })

  test('one that waited for a retry in vain ends when its last attempt did', async () => {
    const spans = capture()
    await openai()
      .chat.completions.create({ model: 'fails-500', messages }, { maxRetries: 0 })
      .catch(() => undefined)
    const answered = Date.now()
    await new Promise((resolve) => setTimeout(resolve, 300))
    spans.metering.endOpenCalls()
    const [span] = await spans.take(1)
    const [seconds, nanos] = span!.endTime
    expect(seconds * 1000 + nanos / 1e6).toBeLessThan(answered + 100)
  })

  test('a call whose span is not recording is left alone', async () => {
    const spans = capture()
    trace.disable()
    await openai().chat.completions.create({ model: 'gpt-4.1', messages })
    expect(await spans.take(0)).toEqual([])
  })
})

describe('a server of one’s own', () => {
  test.each([
    [{}, 'llamacpp'],
    [{ hosts: { '127.0.0.1': 'vllm' } }, 'vllm'],
  ])('is who its answer says, unless its host has been given a name: %o', async (options, provider) => {
    const spans = capture(options)
    const server = createServer((_, response) =>
      response
        .setHeader('server', 'llama.cpp')
        .end(JSON.stringify({ id: 'c', model: 'gpt-4.1', choices: [] })),
    )
    const response = await fetch(`${await listen(server)}/v1/chat/completions`, { method: 'POST', body })
    await response.text()
    const [span] = await spans.take(1)
    server.close()
    expect(span?.attributes['gen_ai.provider.name']).toBe(provider)
  })
})

test.each([
  ['anthropic', 'anthropic'],
  ['vertex-ai', 'gcp.vertex_ai'],
  ['together-ai', 'together_ai'],
])('a gateway of Portkey’s that one runs oneself says whom it asked: %s', async (portkey, provider) => {
  const spans = capture()
  const server = createServer((_, response) =>
    response.setHeader('x-portkey-provider', portkey).end(JSON.stringify({ id: 'c', choices: [] })),
  )
  const response = await fetch(`${await listen(server)}/v1/chat/completions`, { method: 'POST', body })
  await response.text()
  const [span] = await spans.take(1)
  server.close()
  expect(span?.attributes['gen_ai.provider.name']).toBe(provider)
})

describe('an answer that a gateway', () => {
  test.each([
    ['had in its cache', 'cf-aig-cache-status', 'HIT', 0],
    ['had one like', 'x-portkey-cache-status', 'SEMANTIC HIT', 0],
    ['had', 'helicone-cache', 'HIT', 0],
    ['had to ask for', 'x-portkey-cache-status', 'SEMANTIC MISS', undefined],
  ])('%s, as %s: %s says, costs %s', async (_, name, value, cost) => {
    const spans = capture()
    const usage = { prompt_tokens: 3, completion_tokens: 4 }
    const server = createServer((_, response) =>
      response.setHeader(name, value).end(JSON.stringify({ id: 'c', model: 'gpt-4.1', choices: [], usage })),
    )
    const response = await fetch(`${await listen(server)}/v1/chat/completions`, { method: 'POST', body })
    await response.text()
    const [span] = await spans.take(1)
    server.close()
    expect(span?.attributes).toMatchObject({ 'gen_ai.usage.input_tokens': 3 })
    expect(span?.attributes['gen_ai.usage.cost.amount']).toBe(cost)
  })
})

describe('other clients', () => {
  test('the fetch and the request of the undici package', async () => {
    const spans = capture()
    const url = `${standIn.url}/v1/chat/completions`
    await (await undiciFetch(url, { method: 'POST', body })).text()
    await (await undiciRequest(url, { method: 'POST', body })).body.text()
    const all = await spans.take(2)
    expect(all.map(({ name, attributes }) => [name, attributes['gen_ai.usage.input_tokens']])).toEqual([
      ['chat gpt-4.1', 1000],
      ['chat gpt-4.1', 1000],
    ])
  })

  test('a request that the app logs, or an error that has it, shows nothing of ours', async () => {
    const spans = capture()
    const request = httpRequest(`${standIn.url}/v1/chat/completions`, { method: 'POST' }).end(body)
    const [response] = await once(request, 'response')
    await once(response.resume(), 'end')
    expect(inspect(request, { depth: 3 })).not.toMatch(/spanmeter|Attempt/)
    expect(await spans.take(1)).toHaveLength(1)
  })

  test('a request and its response have no property and no listener that an app would not find on them without us', async () => {
    const look = async (): Promise<unknown> => {
      const request = httpRequest(`${standIn.url}/v1/chat/completions`, { method: 'POST' })
      const before = [Object.keys(request), request.eventNames(), request.listenerCount('close')]
      const [response] = (await once(request.end(body), 'response')) as [IncomingMessage]
      const of = [Object.keys(response), response.eventNames(), response.listenerCount('close')]
      await once(response.resume(), 'end')
      return [before, of]
    }
    const untouched = await look()
    const spans = capture()
    expect(await look()).toEqual(untouched)
    expect(await spans.take(1)).toHaveLength(1)
  })

  test('a request whose listeners are all removed, and which then ends early, is told', async () => {
    const spans = capture()
    const request = httpRequest(`${standIn.url}/v1/chat/completions`, { method: 'POST' })
    request.removeAllListeners()
    request.on('error', () => {}).end(body)
    request.destroy()
    await new Promise((resolve) => request.on('close', resolve))
    spans.metering.endOpenCalls()
    const [span] = await spans.take(1)
    expect(span?.attributes['error.type']).toBe('AbortError')
  })

  test('a header without a name is refused by the request itself', () => {
    const spans = capture()
    const request = httpRequest(`${standIn.url}/v1/chat/completions`, { method: 'POST' })
    request.on('error', () => {})
    expect(() => request.setHeader(undefined as never, 'value')).toThrow(
      'Header name must be a valid HTTP token',
    )
    request.destroy()
    spans.stop()
  })

  test('what is no call gives no span', async () => {
    const spans = capture()
    await fetch(`${standIn.url}/healthz`).then((response) => response.text())
    await fetch(`${standIn.url}/v1/files`, { method: 'POST', body: '{}' }).then((response) => response.text())
    expect(await spans.take(0)).toEqual([])
  })
})

describe('an SDK with spans of its own', () => {
  const anthropic = (): Anthropic => new Anthropic({ apiKey: 'sk', baseURL: standIn.url, logLevel: 'off' })

  test('gets its span completed, and no other beside it', async () => {
    const spans = capture()
    await anthropic().messages.create({ model: 'claude-test', max_tokens: 10, messages })
    const [span, ...others] = await spans.take(1)
    expect(others).toEqual([])
    expect(span?.name).toBe('anthropic.messages.create')
    expect(span?.attributes).toMatchObject({
      'gen_ai.usage.input_tokens': 2350,
      'gen_ai.usage.cache_creation.input_tokens': 300,
      'spanmeter.request.attempts': 1,
      'spanmeter.response.service_tier': 'standard',
    })
  })

  test('sends no baggage to a provider, and the trace to a private gateway only', async () => {
    const spans = capture()
    await withBusinessContext({ tenant: 'acme' }, () =>
      anthropic().messages.create({ model: 'claude-test', max_tokens: 10, messages }),
    )
    await spans.take(1)
    const headers = standIn.seen[0]?.headers
    expect(headers?.baggage).toBeUndefined()
    expect(headers?.traceparent).toMatch(/^00-/)
  })
})

describe('the trace of a call', () => {
  beforeAll(() => {
    propagation.setGlobalPropagator(
      new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
    )
  })
  afterAll(() => propagation.disable())

  const headers = { 'content-type': 'application/json' }
  const clients: Record<string, (url: string, more?: object) => Promise<unknown>> = {
    fetch: async (url, more) =>
      (await fetch(url, { method: 'POST', body, headers: { ...headers, ...more } })).text(),
    'undici.request': async (url, more) =>
      (await undiciRequest(url, { method: 'POST', body, headers: { ...headers, ...more } })).body.text(),
    'node:http': async (url, more) => {
      const request = httpRequest(url, { method: 'POST', headers: { ...headers, ...more } }).end(body)
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      return response.toArray()
    },
  }

  test.each(Object.keys(clients))(
    'goes to a private gateway by %s, for its spans to stand beneath the call',
    async (name) => {
      const spans = capture()
      await withBusinessContext({ tenant: 'acme' }, () =>
        clients[name]!(`${standIn.url}/v1/chat/completions`),
      )
      const [span] = await spans.take(1)
      const { traceId, spanId } = span!.spanContext()
      expect(standIn.seen[0]?.headers.traceparent).toBe(`00-${traceId}-${spanId}-01`)
      expect(standIn.seen[0]?.headers.baggage).toBeUndefined()
    },
  )

  test('is written once, where an instrumentation that listens behind ours writes it too', async () => {
    const spans = capture()
    const write = (message: unknown): void => {
      const { request } = message as { request: { addHeader(name: string, value: string): void } }
      request.addHeader('traceparent', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`)
    }
    subscribe('undici:request:create', write)
    await clients['undici.request']!(`${standIn.url}/v1/chat/completions`)
    unsubscribe('undici:request:create', write)
    const [span] = await spans.take(1)
    const { traceId, spanId } = span!.spanContext()
    expect(standIn.seen[0]?.headers.traceparent).toBe(`00-${traceId}-${spanId}-01`)
  })

  test.each([
    [false, undefined],
    [true, expect.stringMatching(/^00-/)],
  ])('goes to a provider only where that is wanted: %s', async (propagateToProviders, expected) => {
    const spans = capture({ propagateToProviders })
    const lookup: LookupFunction = (_host, _options, found) =>
      found(null, [{ address: '127.0.0.1', family: 4 }])
    const url = `http://api.openai.com:${port()}/v1/chat/completions`
    const request = httpRequest(url, { method: 'POST', headers, lookup }).end(body)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    await response.toArray()
    await spans.take(1)
    expect(standIn.seen[0]?.headers.traceparent).toEqual(expected)
  })

  test.each(Object.keys(clients))('stays as whoever made the request by %s has written it', async (name) => {
    const spans = capture()
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    await clients[name]!(`${standIn.url}/v1/chat/completions`, { traceparent })
    await spans.take(1)
    expect(standIn.seen[0]?.headers.traceparent).toBe(traceparent)
  })
})

describe('a span of another instrumentation', () => {
  test('keeps what its owner counts, and has beside it what the wire says', async () => {
    const spans = capture()
    const tracer = trace.getTracer('other')
    const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 232 }
    await tracer.startActiveSpan('chat', { attributes }, async (span) => {
      await openai().chat.completions.create({ model: 'gpt-4.1', messages })
      span.end()
    })
    const [span] = await spans.take(1)
    expect(attributesOf(span)).toMatchObject({
      'gen_ai.usage.input_tokens': 232,
      'gen_ai.usage.cache_read.input_tokens': 768,
      'spanmeter.usage.input_tokens': 1000,
      'spanmeter.usage.output_tokens': 200,
    })
  })

  test('tells of all attempts of its call', async () => {
    const spans = capture()
    const attributes = { 'gen_ai.operation.name': 'chat' }
    await trace.getTracer('other').startActiveSpan('answer', { attributes }, async (span) => {
      await openai().chat.completions.create({ model: 'fails-once', messages })
      span.end()
    })
    const [span] = await spans.take(1)
    expect(span?.attributes['spanmeter.request.attempts']).toBe(2)
    expect(span?.attributes['gen_ai.usage.input_tokens']).toBe(1000)
  })

  test('tells of one call: another that is made in it has a span beside it', async () => {
    const spans = capture()
    const tracer = trace.getTracer('other')
    const ask = (model: string) => openai().chat.completions.create({ model, messages })
    const request = tracer.startSpan('request')
    await context.with(trace.setSpan(context.active(), request), async () => {
      const attributes = { 'gen_ai.operation.name': 'chat' }
      await tracer.startActiveSpan('answer', { attributes }, async (answer) => {
        await ask('gpt-4.1')
        await Promise.all([ask('gpt-4.1-mini'), ask('gpt-4.1-nano')])
        answer.end()
      })
    })
    const told = await spans.take(3)
    expect(told.map(({ name, attributes }) => [name, attributes['gen_ai.request.model']]).toSorted()).toEqual(
      [
        ['answer', 'gpt-4.1'],
        ['chat gpt-4.1-mini', 'gpt-4.1-mini'],
        ['chat gpt-4.1-nano', 'gpt-4.1-nano'],
      ],
    )
    for (const { attributes, parentSpanContext } of told) {
      expect(attributes).toMatchObject({ 'gen_ai.usage.input_tokens': 1000, 'spanmeter.request.attempts': 1 })
      expect(parentSpanContext?.spanId).toBe(request.spanContext().spanId)
    }
  })

  test.each<Attributes>([
    { 'gen_ai.operation.name': 'chat' },
    { 'openinference.span.kind': 'LLM' },
    { 'gen_ai.system': 'openai', 'gen_ai.request.model': 'gpt-4.1' },
  ])('is not taken for what is looked up before the answer: %o', async (attributes) => {
    const spans = capture()
    await trace.getTracer('other').startActiveSpan('answer', { attributes }, async (span) => {
      const input = { input: 'Hello', encoding_format: 'float' as const }
      await openai().embeddings.create({ model: 'text-embedding-3-small', ...input })
      await openai().chat.completions.create({ model: 'gpt-4.1', messages })
      span.end()
    })
    const [lookUp, answer] = await spans.take(2)
    expect(lookUp?.name).toBe('embeddings text-embedding-3-small')
    expect(lookUp?.parentSpanContext?.spanId).toBe(answer?.spanContext().spanId)
    expect(lookUp?.attributes['gen_ai.usage.input_tokens']).toBe(7)
    expect(answer?.name).toBe('answer')
    expect(answer?.attributes['gen_ai.usage.input_tokens']).toBe(1000)
    expect(answer?.attributes['spanmeter.request.attempts']).toBe(1)
  })

  test.each<Attributes>([
    { 'gen_ai.operation.name': 'embeddings' },
    { 'openinference.span.kind': 'EMBEDDING' },
    { 'gen_ai.system': 'openai', 'gen_ai.request.model': 'text-embedding-3-small' },
  ])('is taken for what is looked up where it is a span of that: %o', async (attributes) => {
    const spans = capture()
    await trace.getTracer('other').startActiveSpan('look-up', { attributes }, async (span) => {
      const input = { input: 'Hello', encoding_format: 'float' as const }
      await openai().embeddings.create({ model: 'text-embedding-3-small', ...input })
      span.end()
    })
    const [span] = await spans.take(1)
    expect(span?.name).toBe('look-up')
    expect(span?.attributes['gen_ai.usage.input_tokens']).toBe(7)
  })

  test('is completed where it is none of OpenTelemetry’s SDK, but one as Sentry keeps them', async () => {
    const spans = capture()
    const _attributes: Attributes = { 'gen_ai.operation.name': 'chat', 'sentry.op': 'gen_ai.chat' }
    const span = Object.assign(
      trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 }),
      {
        _attributes,
        isRecording: () => true,
        setAttribute: (name: string, value: AttributeValue) => Object.assign(_attributes, { [name]: value }),
      },
    )
    await context.with(trace.setSpan(context.active(), span), async () => {
      await openai().chat.completions.create({ model: 'gpt-4.1', messages })
      span.end()
    })
    expect(_attributes).toMatchObject({ 'sentry.op': 'gen_ai.chat', 'gen_ai.usage.input_tokens': 1000 })
    expect(await spans.take(0)).toEqual([])
  })
})

describe('headers of others', () => {
  // As Sentry does.
  test('baggage that another writes into a request by itself is taken out of it', async () => {
    const spans = capture()
    const propagate = (message: unknown): void => {
      const { headers } = (message as { request: { headers: string[] } }).request
      headers.splice(0, headers.length, ...headers, 'baggage', 'tenant=acme', 'sentry-trace', '1')
    }
    subscribe('undici:request:create', propagate)
    for (let index = 0; index < 2; index++)
      await (await fetch(`${standIn.url}/v1/chat/completions`, { method: 'POST', body })).text()
    unsubscribe('undici:request:create', propagate)
    await spans.take(2)
    expect(standIn.seen.map(({ headers }) => [headers.baggage, headers['sentry-trace']])).toEqual([
      [undefined, '1'],
      [undefined, '1'],
    ])
  })

  test('baggage doesn’t reach a provider, whoever adds it, and when', async () => {
    const spans = capture()
    const propagate = (message: unknown): void => {
      ;(message as { request: { addHeader(name: string, value: string): void } }).request.addHeader(
        'baggage',
        'tenant=acme',
      )
    }
    subscribe('undici:request:create', propagate)
    const headers = { baggage: 'tenant=acme', 'x-own': 'kept' }
    await (await fetch(`${standIn.url}/v1/chat/completions`, { method: 'POST', body, headers })).text()
    await (await fetch(`${standIn.url}/healthz`, { headers })).text()
    unsubscribe('undici:request:create', propagate)
    await new Promise<void>((resolve) => {
      httpRequest(`${standIn.url}/v1/chat/completions`, { method: 'POST', headers }, (response) => {
        response.resume().on('end', resolve)
      }).end(body)
    })
    await spans.take(2)
    const seen = standIn.seen.map(({ path, headers: sent }) => [
      path,
      sent.baggage !== undefined,
      sent['x-own'],
    ])
    expect(seen).toEqual([
      ['/v1/chat/completions', false, 'kept'],
      ['/healthz', true, 'kept'],
      ['/v1/chat/completions', false, 'kept'],
    ])
  })
})

describe('business context', () => {
  test('lands on every span started inside it, nested contexts adding to the outer one', async () => {
    const spans = capture()
    await withBusinessContext({ feature: 'faq-bot', tenant: 'acme' }, () =>
      withBusinessContext({ workflow: 'support', 'business.channel': 'chat' }, () =>
        openai().chat.completions.create({ model: 'gpt-4.1', messages }),
      ),
    )
    const [span] = await spans.take(1)
    expect(span?.attributes).toMatchObject({
      'business.feature': 'faq-bot',
      'business.tenant': 'acme',
      'business.workflow': 'support',
      'business.channel': 'chat',
    })
  })

  test('leaves out what there is none of: a user who has not signed in', () => {
    capture()
    const baggage = withBusinessContext({ tenant: 'acme', user: null, team: undefined }, () =>
      propagation.getActiveBaggage(),
    )
    expect(baggage?.getAllEntries()).toEqual([['tenant', { value: 'acme' }]])
  })

  describe('an outcome', () => {
    const exporter = new InMemorySpanExporter()
    const told = () =>
      exporter.getFinishedSpans().map(({ name, attributes, events }) => ({
        name,
        attributes,
        outcomes: events.map((event) => event.attributes),
      }))

    beforeEach(() => {
      capture()
      trace.disable()
      exporter.reset()
      trace.setGlobalTracerProvider(
        new TracerProvider({
          spanProcessors: [new BusinessContextSpanProcessor(), new SimpleSpanProcessor({ exporter })],
        }),
      )
    })

    test('is an event on the active span, with the business context it came about in', () => {
      withBusinessContext({ feature: 'faq-bot' }, () =>
        trace.getTracer('test').startActiveSpan('handle', (active) => {
          recordOutcome('conversation_resolved', 2)
          active.end()
        }),
      )
      const business = { 'business.feature': 'faq-bot' }
      const outcome = {
        'spanmeter.outcome.name': 'conversation_resolved',
        'spanmeter.outcome.value': 2,
      }
      expect(told()).toEqual([
        { name: 'handle', attributes: business, outcomes: [{ ...business, ...outcome }] },
      ])
    })

    test('has a span of its own beneath one that began before its business context', () => {
      trace.getTracer('test').startActiveSpan('handle', (active) => {
        for (const tenant of ['acme', 'globex'])
          withBusinessContext({ tenant }, () => recordOutcome('invoice_read'))
        active.end()
      })
      const outcome = { 'spanmeter.outcome.name': 'invoice_read' }
      const own = (tenant: string) => ({
        name: 'spanmeter.outcome',
        attributes: { 'business.tenant': tenant },
        outcomes: [{ 'business.tenant': tenant, ...outcome }],
      })
      expect(told()).toEqual([own('acme'), own('globex'), { name: 'handle', attributes: {}, outcomes: [] }])
      const [first, , handle] = exporter.getFinishedSpans()
      expect(first!.parentSpanContext?.spanId).toBe(handle!.spanContext().spanId)
    })

    test('has the keys that are configured', () => {
      vi.stubEnv('SPANMETER_BAGGAGE_KEYS', 'plan')
      const baggage = propagation.createBaggage({ plan: { value: 'gold' }, feature: { value: 'faq-bot' } })
      context.with(propagation.setBaggage(context.active(), baggage), () =>
        recordOutcome('conversation_resolved'),
      )
      vi.unstubAllEnvs()
      expect(told()[0]!.outcomes).toEqual([
        { 'business.plan': 'gold', 'spanmeter.outcome.name': 'conversation_resolved' },
      ])
    })
  })

  test('the route of the local root span is the endpoint of the calls beneath it', async () => {
    const spans = capture()
    const root = trace.getTracer('test').startSpan('GET', { kind: SpanKind.SERVER })
    await context.with(trace.setSpan(context.active(), root), async () => {
      root.setAttribute('http.route', '/v1/faq/:id')
      await openai().chat.completions.create({ model: 'gpt-4.1', messages })
    })
    root.end()
    const [span] = await spans.take(1)
    expect(span?.attributes['business.endpoint']).toBe('/v1/faq/:id')
  })

  test.each([
    ['render route (app) /chat', { 'next.route': '/api/chat/[id]' }],
    ['executing api route (pages) /api/chat/[id]', {}],
  ])(
    'the route that Next.js tells on a span beneath the root is the endpoint: %s',
    async (name, attributes) => {
      const spans = capture()
      const tracer = trace.getTracer('next.js')
      const root = tracer.startSpan('GET', { kind: SpanKind.SERVER })
      const active = trace.setSpan(context.active(), root)
      await tracer.startActiveSpan(name, { attributes }, active, () =>
        openai().chat.completions.create({ model: 'gpt-4.1', messages }),
      )
      const [span] = await spans.take(1)
      expect(span?.attributes['business.endpoint']).toBe('/api/chat/[id]')
    },
  )

  // As Next.js does for a server action.
  test.each([
    ['of an incoming request', SpanKind.SERVER, '/settings/[id]'],
    ['of other work', SpanKind.INTERNAL, undefined],
  ])(
    'a route told on a span beside the calls is their endpoint if the root is that %s',
    async (_, kind, endpoint) => {
      const spans = capture()
      const tracer = trace.getTracer('next.js')
      const root = tracer.startSpan('POST', { kind })
      const active = trace.setSpan(context.active(), root)
      const attributes = { 'next.route': '/settings/[id]' }
      tracer.startSpan('resolve page components', { attributes }, active).end()
      await context.with(active, () => openai().chat.completions.create({ model: 'gpt-4.1', messages }))
      const [span] = await spans.take(1)
      expect(span?.attributes['business.endpoint']).toBe(endpoint)
    },
  )

  test.each([
    ['a handler', SpanKind.INTERNAL, {}, '/v1/faq/:id'],
    ['a middleware before it', SpanKind.SERVER, { 'http.route': '/*' }, undefined],
    ['the request of an SDK', SpanKind.CLIENT, {}, undefined],
    [
      'what stands around such a request',
      SpanKind.INTERNAL,
      { 'gen_ai.operation.name': 'invoke_agent' },
      undefined,
    ],
  ])('of the route on the span of %s (kind %i) the endpoint is made if it is a handler', async (...row) => {
    const [, kind, more, endpoint] = row
    const spans = capture()
    const tracer = trace.getTracer('framework')
    const root = tracer.startSpan('GET', { kind: SpanKind.SERVER })
    const active = trace.setSpan(context.active(), root)
    const attributes = { 'http.route': '/v1/faq/:id', ...more }
    await tracer.startActiveSpan('work', { kind, attributes }, active, () =>
      openai().chat.completions.create({ model: 'gpt-4.1', messages }),
    )
    const [span] = await spans.take(1)
    expect(span?.attributes['business.endpoint']).toBe(endpoint)
  })

  test('the route of the handler around them is the endpoint of calls that others tell, and of calls beneath their spans', async () => {
    const spans = capture()
    const tracer = trace.getTracer('framework')
    const handler = { attributes: { 'http.route': '/v1/faq/:id' } }
    const agent = { attributes: { 'gen_ai.operation.name': 'invoke_agent' } }
    await tracer.startActiveSpan('handler', handler, () =>
      tracer.startActiveSpan('invoke_agent', agent, async (span) => {
        await openai().chat.completions.create({ model: 'gpt-4.1', messages })
        span.end()
      }),
    )
    const told = await spans.take(2)
    expect(told.map(({ name, attributes }) => [name, attributes['business.endpoint']])).toEqual([
      ['chat gpt-4.1', '/v1/faq/:id'],
      ['invoke_agent', '/v1/faq/:id'],
    ])
  })

  test('the route that a router or Next.js leaves is the endpoint, where no processor of ours sees the spans', async () => {
    const exporter = new InMemorySpanExporter()
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
    capture()
    trace.disable()
    trace.setGlobalTracerProvider(provider)
    const root = provider.getTracer('http').startSpan('GET', { kind: SpanKind.SERVER })
    const rpc: RPCMetadata = { type: RPCType.HTTP, span: root }
    await context.with(setRPCMetadata(trace.setSpan(context.active(), root), rpc), async () => {
      rpc.route = '/v1/faq/:id'
      await openai().chat.completions.create({ model: 'gpt-4.1', messages })
    })
    const attributes = { 'next.route': '/api/chat/[id]' }
    await provider
      .getTracer('next.js')
      .startActiveSpan('executing api route', { attributes }, () =>
        openai().chat.completions.create({ model: 'gpt-4.1', messages }),
      )
    await vi.waitFor(() => expect(exporter.getFinishedSpans()).toHaveLength(2))
    const endpoints = exporter.getFinishedSpans().map(({ attributes }) => attributes['business.endpoint'])
    expect(endpoints).toEqual(['/v1/faq/:id', '/api/chat/[id]'])
  })

  test('is taken from the headers of incoming requests', async () => {
    const spans = capture({ baggageFromHeaders: { 'X-Tenant-Id': 'tenant' } })
    const app = createServer((_, response) => {
      void openai()
        .chat.completions.create({ model: 'gpt-4.1', messages })
        .then(() => response.end(propagation.getActiveBaggage()?.getEntry('tenant')?.value))
    })
    const answer = await fetch(await listen(app), { headers: { 'X-Tenant-Id': 'acme' } })
    expect(await answer.text()).toBe('acme')
    const [span] = await spans.take(1)
    app.close()
    expect(span?.attributes['business.tenant']).toBe('acme')
  })

  // As shimmer does, which OpenTelemetry's instrumentation of http has.
  test('whoever has wrapped what incoming requests come through can still take its wrapper away', () => {
    const unwrap = (): void => {}
    Server.prototype.emit = Object.assign(() => true, { __unwrap: unwrap })
    const spans = capture({ baggageFromHeaders: { 'x-tenant-id': 'tenant' } })
    const found = Reflect.get(Server.prototype.emit, '__unwrap')
    spans.stop()
    Reflect.deleteProperty(Server.prototype, 'emit')
    expect(found).toBe(unwrap)
  })
})

describe('options', () => {
  test('providers, flavors and requests that are to be left alone are', async () => {
    for (const options of [
      { disabledProviders: ['openai'] },
      { disabledFlavors: ['openai-chat-completions'] },
      { ignoreRequestHook: () => true },
    ]) {
      const spans = capture(options)
      await openai().chat.completions.create({ model: 'gpt-4.1', messages })
      expect(await spans.take(0)).toEqual([])
      spans.stop()
    }
  })

  test('hooks see request and response, and what they throw stays with us', async () => {
    const spans = capture({
      requestHook: (span, { request }) => span.setAttribute('app.model', request.model ?? ''),
      responseHook: () => {
        throw new Error('a hook of the app')
      },
    })
    await openai().chat.completions.create({ model: 'gpt-4.1', messages })
    const [span] = await spans.take(1)
    expect(span?.attributes['app.model']).toBe('gpt-4.1')
  })
})
