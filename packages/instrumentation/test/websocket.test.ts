import { request } from 'node:http'
import { context, trace } from '@opentelemetry/api'
import fc from 'fast-check'
import OpenAI from 'openai'
import { ResponsesWS } from 'openai/resources/responses/ws'
import { WebSocket as UndiciWebSocket } from 'undici'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket as WsWebSocket } from 'ws'
import { withBusinessContext } from '../src/business/business-context.ts'
import type { ApiFlavor } from '../src/flavors/types.ts'
import type { Metering } from '../src/metering.ts'
import { HEAD_BYTES, TAIL_BYTES } from '../src/observation/body-recorder.ts'
import type { Session } from '../src/sessions/types.ts'
import { observeWebSocket } from '../src/transports/websocket.ts'
import { wholeOf } from '../src/wire/bytes.ts'
import type { RequestHead } from '../src/wire/types.ts'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { RESPONSE_USAGE } from './support/stand-in.ts'
import { answering, startWebSocketServer, type WebSocketStandIn } from './support/websocket-server.ts'

function responseEvents(id: string, model: unknown, lane?: unknown): object[] {
  const response = { id, object: 'response', model: `${String(model)}-2026`, output: [] }
  const at = lane === undefined ? {} : { stream_id: lane }
  return [
    { type: 'response.created', response: { ...response, status: 'in_progress' }, ...at },
    { type: 'response.output_text.delta', item_id: 'msg_1', delta: 'Hel', ...at },
    { type: 'response.output_text.delta', item_id: 'msg_1', delta: 'lo', ...at },
    {
      type: 'response.completed',
      response: { ...response, status: 'completed', usage: RESPONSE_USAGE },
      ...at,
    },
  ]
}

let made = 0
const converse = answering(({ type, model, stream_id }, send, socket) => {
  if (type !== 'response.create') return
  const events = responseEvents(`resp_${++made}`, model, stream_id)
  if (model === 'fails')
    send({
      type: 'error',
      status: 400,
      error: { type: 'invalid_request_error', code: 'previous_response_not_found', message: 'not found' },
    })
  else if (model === 'cut') {
    send(events[0]!)
    socket.terminate()
  } else if (typeof model === 'string' && model.startsWith('closes ')) {
    send(events[0]!)
    socket.close(Number(model.slice(7)), 'overloaded')
  } else if (model === 'hangs') send(events[0]!)
  else for (const event of events) send(event)
})

const CLIENTS = {
  ws: (url: string) => new WsWebSocket(url),
  'the global WebSocket': (url: string) => new WebSocket(url),
  "undici's WebSocket": (url: string) => new UndiciWebSocket(url),
}

type Client = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>

/** Everything that an app sees of it. */
function collect(client: Client): {
  types: string[]
  closed: Promise<unknown>
  opened: Promise<unknown>
  received(type: string): Promise<void>
} {
  const types: string[] = []
  const waiting: [string, () => void][] = []
  client.addEventListener('message', ({ data }: { data: unknown }) => {
    const { type } = JSON.parse(String(data)) as { type: string }
    types.push(type)
    for (const entry of waiting.filter(([awaited]) => awaited === type)) {
      waiting.splice(waiting.indexOf(entry), 1)
      entry[1]()
    }
  })
  const event = (name: string): Promise<unknown> =>
    new Promise((resolve) => client.addEventListener(name as 'open', resolve as () => void))
  return {
    types,
    closed: event('close'),
    opened: event('open'),
    received: (type) => new Promise((resolve) => waiting.push([type, resolve])),
  }
}

/** A connection and a way to know what comes over it. */
async function connect(
  open: (url: string) => unknown,
  url: string,
): Promise<{ client: Client; app: ReturnType<typeof collect> }> {
  const client = open(url) as Client
  const app = collect(client)
  client.addEventListener('error', () => {})
  await app.opened
  return { client, app }
}

interface Piece {
  readonly text: string
  readonly isLast: boolean
  readonly compress: boolean
  readonly ping: boolean
}

/** The last one ends the last message. */
function say(socket: WsWebSocket, pieces: readonly Piece[]): void {
  for (const [index, { text, isLast, compress, ping }] of pieces.entries()) {
    socket.send(text, { compress, fin: isLast || index === pieces.length - 1 })
    if (ping) socket.ping('still there?')
  }
}

function joined(pieces: readonly Piece[]): string[] {
  const messages: string[] = []
  let begun = ''
  for (const [index, { text, isLast }] of pieces.entries()) {
    begun += text
    if (!isLast && index < pieces.length - 1) continue
    messages.push(begun)
    begun = ''
  }
  // What is too long to be held whole has no text.
  return messages.map((message) =>
    Buffer.byteLength(message) > HEAD_BYTES + TAIL_BYTES ? 'undefined' : message,
  )
}

let captured: CapturedSpans
let server: WebSocketStandIn | undefined
beforeEach(() => {
  captured = captureSpans({ semconv: 'dev' })
})
afterEach(async () => {
  captured.stop()
  await server?.close()
})

describe.each(Object.entries(CLIENTS))('responses over %s', (name, open) => {
  test.each([
    ['plain', false],
    ['compressed', { threshold: 0 }],
    [
      'compressed without a context',
      { threshold: 0, serverNoContextTakeover: true, clientNoContextTakeover: true },
    ],
  ] as const)('are calls, one after the other, %s', async (kind, deflate) => {
    server = await startWebSocketServer(converse, deflate)
    const { url } = server
    const client = withBusinessContext({ feature: 'opened' }, () =>
      open(`${url}/v1/responses`),
    ) as unknown as Client
    // By the time that ws has compressed it, it no longer runs in what has sent it.
    const isLate = name === 'ws' && kind === 'compressed'
    const app = collect(client)
    await app.opened
    for (const model of ['gpt-5.5', 'gpt-5.4']) {
      const done = app.received('response.completed')
      withBusinessContext({ feature: model }, () =>
        client.send(JSON.stringify({ type: 'response.create', model, input: 'Hi', max_output_tokens: 300 })),
      )
      await done
    }
    client.close()
    await app.closed
    const spans = await captured.take(2)
    expect(app.types).toHaveLength(8)
    expect(spans.map(({ name }) => name)).toEqual(['chat gpt-5.5', 'chat gpt-5.4'])
    for (const { attributes } of spans)
      expect(attributes).toMatchObject({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'server.address': '127.0.0.1',
        'gen_ai.request.stream': true,
        'gen_ai.request.max_tokens': 300,
        'gen_ai.response.model': `${String(attributes['gen_ai.request.model'])}-2026`,
        'gen_ai.usage.input_tokens': 1000,
        'gen_ai.usage.cache_read.input_tokens': 768,
        'gen_ai.usage.output_tokens': 200,
        'gen_ai.usage.reasoning.output_tokens': 64,
        'gen_ai.response.status': 'completed',
        'gen_ai.response.time_to_first_chunk': expect.any(Number),
        'openai.api.type': 'responses',
        'business.feature': isLate ? 'opened' : attributes['gen_ai.request.model'],
      })
  })

  test('side by side are told apart by their lanes', async () => {
    const held: object[][] = []
    server = await startWebSocketServer(
      answering(({ model, stream_id }, send) => {
        held.push(responseEvents(`resp_${String(model)}`, model, stream_id))
        if (held.length < 2) return
        for (let index = 0; index < 4; index++) for (const events of held.toReversed()) send(events[index]!)
      }),
    )
    const client = open(`${server.url}/v1/responses`) as unknown as Client
    const app = collect(client)
    await app.opened
    for (const model of ['a', 'b'])
      client.send(JSON.stringify({ type: 'response.create', stream_id: model, model, input: 'x' }))
    const spans = await captured.take(2)
    expect(
      spans.map(({ attributes }) => [
        attributes['gen_ai.request.model'],
        attributes['gen_ai.response.id'],
        attributes['gen_ai.usage.output_tokens'],
      ]),
    ).toEqual([
      ['b', 'resp_b', 200],
      ['a', 'resp_a', 200],
    ])
    client.close()
    await app.closed
  })

  test.each([
    ['is refused', 'fails', { 'error.type': 'invalid_request_error' }],
    ['is cut off', 'cut', { 'error.type': '1006', 'spanmeter.usage.missing': 'aborted' }],
    [
      'ends with a code of the server',
      'closes 1011',
      { 'error.type': '1011', 'spanmeter.usage.missing': 'aborted' },
    ],
  ])('one that %s says so', async (_what, model, expected) => {
    server = await startWebSocketServer(converse)
    const client = open(`${server.url}/v1/responses`) as unknown as Client
    const app = collect(client)
    client.addEventListener('error', () => {})
    await app.opened
    client.send(JSON.stringify({ type: 'response.create', model, input: 'x' }))
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject(expected)
    client.close()
    await app.closed
  })

  test.each([1000, 1001])(
    'one that the server lets go of, with %i, is aborted, and no failure',
    async (code) => {
      server = await startWebSocketServer(converse)
      const client = open(`${server.url}/v1/responses`) as unknown as Client
      const app = collect(client)
      await app.opened
      client.send(JSON.stringify({ type: 'response.create', model: `closes ${code}`, input: 'x' }))
      const [span] = await captured.take(1)
      expect(span!.attributes['spanmeter.usage.missing']).toBe('aborted')
      expect(span!.attributes).not.toHaveProperty('error.type')
      await app.closed
    },
  )

  test('one that the app lets go of is aborted, and no failure', async () => {
    server = await startWebSocketServer(converse)
    const client = open(`${server.url}/v1/responses`) as unknown as Client
    const app = collect(client)
    await app.opened
    const created = app.received('response.created')
    client.send(JSON.stringify({ type: 'response.create', model: 'hangs', input: 'x' }))
    await created
    client.close()
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject({
      'spanmeter.usage.missing': 'aborted',
      'gen_ai.response.id': expect.any(String),
    })
    expect(span!.attributes).not.toHaveProperty('error.type')
    await app.closed
  })
})

describe('a connection', () => {
  test('of the SDK of OpenAI is seen, reconnects and all', async () => {
    server = await startWebSocketServer(converse)
    const openai = new OpenAI({ apiKey: 'key', baseURL: `${server.url.replace('ws', 'http')}/v1` })
    const socket = new ResponsesWS(openai)
    socket.send({ type: 'response.create', model: 'gpt-5.5', input: 'Hi' })
    for await (const event of socket)
      if (event.type === 'message' && event.message.type === 'response.completed') break
    socket.close()
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject({
      'gen_ai.request.model': 'gpt-5.5',
      'gen_ai.usage.output_tokens': 200,
    })
  })

  test('is no call, however it ends, and keeps baggage and traces to itself', async () => {
    server = await startWebSocketServer(converse)
    const headers = {
      baggage: 'tenant=acme',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    }
    const { client, app } = await connect(
      (url) => new WsWebSocket(url, { headers }),
      `${server.url}/v1/responses`,
    )
    client.close()
    await app.closed
    expect(server.handshakes[0]!.headers).not.toHaveProperty('baggage')
    expect(server.handshakes[0]!.headers.upgrade).toBe('websocket')
    expect(await captured.take(0)).toEqual([])
  })

  test('of which the first messages come with the answer to the handshake loses none', async () => {
    server = await startWebSocketServer((socket) => {
      for (const event of responseEvents('resp_0', 'm')) socket.send(JSON.stringify(event))
      converse(socket)
    })
    for (const open of Object.values(CLIENTS)) {
      const { client, app } = await connect(open, `${server.url}/v1/responses`)
      const done = app.received('response.completed')
      client.send(JSON.stringify({ type: 'response.create', model: 'm', input: 'x' }))
      await done
      client.close()
      await app.closed
    }
    const spans = await captured.take(3)
    expect(spans.map(({ attributes }) => attributes['gen_ai.usage.output_tokens'])).toEqual([200, 200, 200])
  })

  test('whose client looks at those by itself is followed all the same', async () => {
    server = await startWebSocketServer(converse)
    const { port } = new URL(server.url)
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    const asked = request({ host: '127.0.0.1', port, path: '/v1/responses', headers: upgrade })
    asked.end()
    const socket = await new Promise<import('node:stream').Duplex>((resolve) => {
      asked.on('upgrade', (_response, taken) => resolve(taken))
    })
    const body = Buffer.from(JSON.stringify({ type: 'response.create', model: 'own', input: 'x' }))
    socket.on('data', () => {})
    socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body]))
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject({
      'gen_ai.request.model': 'own',
      'gen_ai.usage.output_tokens': 200,
    })
    socket.destroy()
  })

  test('to anything else is left alone', async () => {
    server = await startWebSocketServer(converse)
    for (const open of Object.values(CLIENTS)) {
      const { client, app } = await connect(open, `${server.url}/chat`)
      const done = app.received('response.completed')
      client.send(JSON.stringify({ type: 'response.create', model: 'm', input: 'x' }))
      await done
      const socket = (client as { _socket?: object })._socket
      if (socket !== undefined)
        expect(Object.hasOwn(socket, 'write') || Object.hasOwn(socket, 'emit')).toBe(false)
      client.close()
      await app.closed
    }
    expect(await captured.take(0)).toEqual([])
  })

  test('carries the same with us as without us', async () => {
    const record = async (open: (url: string) => unknown): Promise<unknown> => {
      const heard: string[] = []
      const echo = await startWebSocketServer(
        (socket) => {
          socket.on('message', (data) => {
            heard.push(String(data))
            socket.send(data, { binary: heard.length % 2 === 0 })
          })
        },
        { threshold: 0 },
      )
      const client = open(`${echo.url}/v1/responses`) as WebSocket
      const got: unknown[] = []
      client.addEventListener('close', ({ code, wasClean }) => got.push(['close', code, wasClean]))
      await new Promise((resolve) => client.addEventListener('open', resolve))
      const texts = [
        '',
        'x',
        '{"type":"response.create"}',
        'ä'.repeat(70_000),
        '{"type":"response.create","model":1,"input":[',
      ]
      for (const text of texts) {
        const answered = new Promise((resolve) => client.addEventListener('message', resolve, { once: true }))
        client.send(text)
        const { data } = (await answered) as { data: unknown }
        got.push(typeof data === 'string' ? data : (data as object).constructor.name)
      }
      const closed = new Promise((resolve) => client.addEventListener('close', resolve))
      client.close(1000, 'done')
      await closed
      await echo.close()
      return { got, heard }
    }
    for (const open of Object.values(CLIENTS)) {
      const withUs = await record(open)
      captured.stop()
      const withoutUs = await record(open)
      captured = captureSpans()
      expect(withUs).toEqual(withoutUs)
    }
  })

  test('is read as ws writes it, whatever the two have agreed on', async () => {
    const agreed = fc.oneof(
      fc.constant(false),
      fc.record({
        threshold: fc.constantFrom(0, 100),
        serverNoContextTakeover: fc.boolean(),
        clientNoContextTakeover: fc.boolean(),
        serverMaxWindowBits: fc.integer({ min: 9, max: 15 }),
        clientMaxWindowBits: fc.integer({ min: 9, max: 15 }),
      }),
    )
    const piece = fc.record({
      text: fc.oneof(
        fc.string({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 15_000 }).map((times) => 'some words '.repeat(times).slice(0, 120_000)),
      ),
      isLast: fc.boolean(),
      compress: fc.boolean(),
      ping: fc.boolean(),
    })
    const side = fc.array(piece, { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(agreed, side, side, async (deflate, fromClient, fromServer) => {
        const observed: Record<'sent' | 'received', string[]> = { sent: [], received: [] }
        const session: Session = {
          wants: () => true,
          sent: ({ body }) => observed.sent.push(String(wholeOf(body))),
          received: ({ body }) => observed.received.push(String(wholeOf(body))),
          closed() {},
        }
        const { promise: over, resolve } = Promise.withResolvers<void>()
        const both = await startWebSocketServer((socket) => {
          say(socket, fromServer)
          socket.on('message', (data) => {
            if (String(data) === 'bye') socket.close()
          })
        }, deflate)
        const client = new WsWebSocket(both.url, { perMessageDeflate: deflate })
        client.on('upgrade', (response) => {
          const recognised = { flavor: { openSession: () => session } as unknown as ApiFlavor, provider: 'p' }
          const { metering, head } = { metering: {} as Metering, head: {} as RequestHead }
          observeWebSocket({ metering, recognised, head, openedIn: context.active() }, response.socket)
        })
        client.on('open', () => {
          say(client, fromClient)
          client.send('bye')
        })
        session.closed = () => resolve()
        await over
        await both.close()
        expect(observed).toEqual({ sent: [...joined(fromClient), 'bye'], received: joined(fromServer) })
      }),
      { numRuns: 40 },
    )
  })

  test('over which a response is steered tells what goes on with it as a call of its own', async () => {
    server = await startWebSocketServer(
      answering(({ type, model }, send) => {
        const response = { id: 'resp_1', model: 'm' }
        if (type === 'response.create') send({ type: 'response.created', response: { ...response, model } })
        else {
          send({ type: 'response.steer.accepted', steer: { id: 's', response_id: 'resp_1' } })
          send({
            type: 'response.incomplete',
            response: {
              ...response,
              status: 'incomplete',
              incomplete_details: { reason: 'steered' },
              usage: RESPONSE_USAGE,
            },
          })
          for (const event of responseEvents('resp_2', 'm')) send(event)
        }
      }),
    )
    const { client, app } = await connect(CLIENTS.ws, `${server.url}/v1/responses`)
    const created = app.received('response.created')
    client.send(JSON.stringify({ type: 'response.create', model: 'm', input: 'x' }))
    await created
    client.send(JSON.stringify({ type: 'response.steer', response_id: 'resp_1', input: [] }))
    const spans = await captured.take(2)
    expect(
      spans.map(({ attributes }) => [
        attributes['gen_ai.response.id'],
        attributes['gen_ai.request.model'],
        attributes['gen_ai.response.finish_reasons'],
        attributes['gen_ai.usage.output_tokens'],
      ]),
    ).toEqual([
      ['resp_1', 'm', ['steered'], 200],
      ['resp_2', 'm', undefined, 200],
    ])
    client.close()
    await app.closed
  })

  test.each([70_000, 100_000, 300_000])('tells of an answer of %i bytes what it took', async (length) => {
    server = await startWebSocketServer(
      answering((_, send) => {
        const [created, ...rest] = responseEvents('resp_long', 'm')
        const item = { type: 'message', content: [{ type: 'output_text', text: 'a'.repeat(length) }] }
        const response = {
          id: 'resp_long',
          model: 'm-2026',
          output: [item],
          usage: RESPONSE_USAGE,
          status: 'completed',
        }
        for (const event of [created!, ...rest.slice(0, -1)]) send(event)
        send({ type: 'response.completed', response })
      }),
    )
    const { client, app } = await connect(CLIENTS.ws, `${server.url}/v1/responses`)
    client.send(JSON.stringify({ type: 'response.create', model: 'm', input: 'b'.repeat(length) }))
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject({
      'gen_ai.request.model': 'm',
      'gen_ai.response.id': 'resp_long',
      'gen_ai.response.model': 'm-2026',
      'gen_ai.usage.input_tokens': 1000,
    })
    client.close()
    await app.closed
  })

  test('tells the messages themselves where they are asked for', async () => {
    captured.stop()
    captured = captureSpans({ captureMessageContent: 'SPAN_ONLY' })
    server = await startWebSocketServer(
      answering((_, send) => {
        const output = [
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
        ]
        send({
          type: 'response.completed',
          response: { id: 'r', status: 'completed', output, usage: RESPONSE_USAGE },
        })
      }),
    )
    const { client, app } = await connect(CLIENTS.ws, `${server.url}/v1/responses`)
    client.send(JSON.stringify({ type: 'response.create', model: 'm', input: 'Hi' }))
    const [span] = await captured.take(1)
    expect(span!.attributes).toMatchObject({
      'gen_ai.input.messages': expect.stringContaining('Hi'),
      'gen_ai.output.messages': expect.stringContaining('Hello'),
    })
    client.close()
    await app.closed
  })

  test('belongs to what has opened it, not to the HTTP request that did', async () => {
    server = await startWebSocketServer((socket) => {
      socket.on('message', () => {
        for (const event of responseEvents('resp', 'm')) socket.send(JSON.stringify(event))
      })
    })
    const tracer = trace.getTracer('@opentelemetry/instrumentation-http')
    const { url } = server
    await tracer.startActiveSpan('job', async (job) => {
      const http = tracer.startSpan('GET', { kind: 2, attributes: { 'http.request.method': 'GET' } })
      const client = context.with(
        trace.setSpan(context.active(), http),
        () => new WsWebSocket(`${url}/v1/responses`),
      )
      client.on('open', () =>
        client.send(JSON.stringify({ type: 'response.create', model: 'm', input: 'x' })),
      )
      const [span] = await captured.take(1)
      expect(span!.parentSpanContext?.spanId).toBe(job.spanContext().spanId)
      http.end()
      job.end()
      client.close()
    })
  })
})
