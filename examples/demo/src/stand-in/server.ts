import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { messages } from './anthropic.ts'
import { chatCompletions, embeddings, responses } from './openai.ts'
import { encodeEvent, type Reply } from './reply.ts'
import { PromptCache } from './tokens.ts'

export interface StandInOptions {
  /** Models that answer "overloaded" to the first attempts of each call, and to how many of them. */
  overloadedAttempts?: Record<string, number>
  /** Sees each request that arrives. */
  onRequest?: (request: IncomingMessage) => void
}

export interface StandIn {
  url: string
  close(): Promise<void>
}

type Endpoint = (body: never, id: string, cache: PromptCache) => Reply

const ENDPOINTS: Record<string, Endpoint> = {
  '/v1/chat/completions': chatCompletions,
  '/v1/responses': responses,
  '/v1/embeddings': embeddings,
  '/v1/messages': messages,
}

const OVERLOADED: Reply = {
  status: 429,
  headers: { 'retry-after-ms': '1' },
  json: {
    type: 'error',
    error: { type: 'rate_limit_exceeded', code: 'rate_limit_exceeded', message: 'Slow down.' },
  },
}

/** A local stand-in for the OpenAI and Anthropic APIs: real wire formats, the same answer on every run. */
export async function startStandIn({
  overloadedAttempts = {},
  onRequest,
}: StandInOptions = {}): Promise<StandIn> {
  const cache = new PromptCache()
  let calls = 0
  const reply = async (request: IncomingMessage): Promise<Reply> => {
    const endpoint = ENDPOINTS[request.url ?? '']
    if (endpoint === undefined)
      return { status: 404, json: { error: { message: `No such path: ${request.url}` } } }
    const body = (await json(request)) as { model: string }
    const attempt = Number(request.headers['x-stainless-retry-count'] ?? 0)
    if (attempt < (overloadedAttempts[body.model] ?? 0)) return OVERLOADED
    calls += 1
    return endpoint(body as never, String(calls).padStart(6, '0'), cache)
  }
  const server = createServer((request, response) => {
    onRequest?.(request)
    reply(request).then(
      (answer) => send(answer, response),
      () => response.writeHead(400).end(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function send(reply: Reply, response: ServerResponse): Promise<void> {
  if ('json' in reply) {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
    response.end(JSON.stringify(reply.json))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  for (const event of reply.events) {
    if (response.destroyed) return
    response.write(encodeEvent(event))
    // As a model that thinks would: an app that hangs up does so in the middle.
    await setTimeout(2)
  }
  response.end()
}
