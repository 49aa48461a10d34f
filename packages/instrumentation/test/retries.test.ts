import { createServer, request, type Server } from 'node:http'
import { context, createContextKey, SpanKind, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { chatAnswer } from './support/chat-answer.ts'
import { listen } from './support/listen.ts'

let server: Server
let origin: string
let captured: CapturedSpans
/** How many of the next requests fail, before all others succeed. */
let failing: number
beforeAll(async () => {
  server = createServer((incoming, response) => {
    const headers = { 'content-type': 'application/json', 'retry-after-ms': '1' }
    incoming.resume().on('end', () => response.writeHead(failing-- > 0 ? 503 : 200, headers).end(chatAnswer))
  })
  origin = await listen(server)
})
beforeEach(() => {
  captured = captureSpans()
})
afterEach(() => captured.stop())
afterAll(() => {
  server.close()
})

const openai = (maxRetries: number): OpenAI =>
  new OpenAI({ apiKey: 'sk-test', baseURL: `${origin}/v1`, maxRetries })

const chat = (client: OpenAI): Promise<unknown> =>
  client.chat.completions.create({ model: 'm', messages: [] }).catch(() => undefined)

/** As the SDK of Mistral, ky and axios' adapter for `fetch` send theirs. */
async function sendRequest(content: string, to = origin): Promise<void> {
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] })
  const response = await fetch(new Request(`${to}/v1/chat/completions`, { method: 'POST', body }))
  await response.text()
}

function post(): Promise<void> {
  const body = JSON.stringify({ model: 'm', messages: [] })
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}/v1/chat/completions`, { method: 'POST' }, (response) => {
      response.resume().on('end', resolve)
    })
    sent.on('error', reject).end(body)
  })
}

async function upload(name: string): Promise<void> {
  const form = new FormData()
  form.set('model', 'whisper-1')
  form.set('file', new File(['ID3'], name))
  await (await fetch(`${origin}/v1/audio/transcriptions`, { method: 'POST', body: form })).text()
}

describe('attempts', () => {
  test.each<[string, number, () => Promise<unknown>, number[]]>([
    [
      'of an SDK that leaves the retrying to whoever calls it, as LangChain has it, are one call',
      1,
      async () => {
        await chat(openai(0))
        await chat(openai(0))
      },
      [2],
    ],
    [
      'of an app that asks again when an SDK has given up are another call',
      2,
      async () => {
        await chat(openai(1))
        await chat(openai(1))
      },
      [2, 1],
    ],
    [
      'of a Request whose body is inside of it are one call',
      2,
      async () => {
        for (let attempt = 0; attempt < 3; attempt++) await sendRequest('Hello')
      },
      [3],
    ],
    [
      'of another Request after one that failed are another call',
      1,
      async () => {
        await sendRequest('Hello')
        await sendRequest('Hi')
      },
      [1, 1],
    ],
    [
      'that fall back to another host are another call',
      1,
      async () => {
        await sendRequest('Hello')
        await sendRequest('Hello', origin.replace('127.0.0.1', 'localhost'))
      },
      [1, 1],
    ],
    [
      'of a form, whose boundary is another each time, are one call',
      1,
      async () => {
        await upload('one.mp3')
        await upload('one.mp3')
      },
      [2],
    ],
    [
      'of another form after one that failed are another call',
      1,
      async () => {
        await upload('one.mp3')
        await upload('another.mp3')
      },
      [1, 1],
    ],
    [
      'of an upload by an SDK are one call',
      1,
      () =>
        openai(1).audio.transcriptions.create({ model: 'whisper-1', file: new File(['ID3'], 'speech.mp3') }),
      [2],
    ],
  ])('%s', async (_, failures, run, attempts) => {
    failing = failures
    await run()
    captured.metering.endOpenCalls()
    const spans = await captured.take(attempts.length)
    const counts = spans.map(({ attributes }) => attributes['spanmeter.request.attempts'])
    expect(counts.toSorted()).toEqual(attempts.toSorted())
  })

  test('are one call where each look at the active context gives another one, as Datadog’s does', async () => {
    const manager = new AsyncLocalStorageContextManager()
    const active = manager.active.bind(manager)
    manager.active = () => active().setValue(createContextKey('look'), true)
    context.disable()
    context.setGlobalContextManager(manager)
    failing = 1
    await trace.getTracer('test').startActiveSpan('handle', () => chat(openai(1)))
    const spans = await captured.take(1)
    expect(spans.map(({ attributes }) => attributes['spanmeter.request.attempts'])).toEqual([2])
  })

  test('are one call where each has a span for its HTTP request, as instrumentations of node:http have it', async () => {
    const send = (): Promise<void> =>
      trace.getTracer('http').startActiveSpan('POST', { kind: SpanKind.CLIENT, attributes }, async (span) => {
        await post()
        span.end()
      })
    const attributes = { 'http.request.method': 'POST' }
    failing = 1
    await trace.getTracer('test').startActiveSpan('handle', async () => {
      await send()
      await send()
    })
    const [span, ...others] = await captured.take(1)
    expect(others).toEqual([])
    expect(span?.attributes['spanmeter.request.attempts']).toBe(2)
  })
})
