import { Agent, createServer, request, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { trace } from '@opentelemetry/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { listen } from './support/listen.ts'
import { type StandIn, startStandIn } from './support/stand-in.ts'

const traceId = 'a'.repeat(32)
const clientSpan = 'b'.repeat(16)
const sampled = `00-${traceId}-${clientSpan}-01`
const chat = '/v1/chat/completions'

let standIn: StandIn
let spans: CapturedSpans
let gateway: Server
let url: string
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

beforeAll(async () => {
  standIn = await startStandIn()
  // The client's requests, as if it weren't in the same process.
  spans = captureSpans({ ignoreRequestHook: ({ host }) => host === 'localhost' })
  gateway = createServer(async (incoming, response) => {
    const ask = async (body: string): Promise<void> => {
      const answer = await fetch(`${standIn.url}${chat}`, { method: 'POST', body })
      response.end(await answer.text())
    }
    const how = incoming.headers.authorization
    if (how === 'listens') {
      const chunks: Uint8Array[] = []
      incoming.on('data', (chunk) => chunks.push(chunk))
      incoming.on('end', () => void ask(Buffer.concat(chunks).toString()))
    } else if (how === 'traces') {
      await trace.getTracer('gateway').startActiveSpan('route', async () => ask(await text(incoming)))
    } else await ask(await text(incoming))
  })
  url = (await listen(gateway)).replace('127.0.0.1', 'localhost')
})

afterAll(async () => {
  agent.destroy()
  gateway.close()
  spans.stop()
  await standIn.close()
})

/** Asks the gateway, on the one connection to it. @returns whose child the gateway's call is. */
async function parentOfCall(path: string, headers: Record<string, string>): Promise<string | undefined> {
  const body = '{"model":"gpt-4.1","messages":[{"role":"user","content":"Hello"}]}'
  await new Promise<void>((resolve) => {
    const asked = request(`${url}${path}`, { method: 'POST', agent, headers, family: 4 })
    asked.on('response', (response) => response.resume().on('end', () => resolve())).end(body)
  })
  const [span] = await spans.take(1)
  return span?.parentSpanContext?.spanId
}

describe('a call that is made to answer one', () => {
  test.each(['awaits', 'listens'])(
    'is a child of the span that its client names, if the gateway %s',
    async (how) => {
      expect(await parentOfCall(chat, { traceparent: sampled, authorization: how })).toBe(clientSpan)
    },
  )

  test('is a child of the span that is active in the gateway', async () => {
    const parent = await parentOfCall(chat, { traceparent: sampled, authorization: 'traces' })
    expect(parent).toMatch(/^[\da-f]{16}$/)
    expect(parent).not.toBe(clientSpan)
  })

  test.each([
    ['names none', chat, {}],
    ['names one that isn’t sampled', chat, { traceparent: `00-${traceId}-${clientSpan}-00` }],
    ['asks for something else than a call', '/orders', { traceparent: sampled }],
  ])('is nobody’s child if the client, on the same connection, %s', async (_, path, headers) => {
    await parentOfCall(chat, { traceparent: sampled })
    expect(await parentOfCall(path, headers)).toBeUndefined()
  })
})
