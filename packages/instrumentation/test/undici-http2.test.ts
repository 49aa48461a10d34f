import { createServer, type Http2Server, type IncomingHttpHeaders } from 'node:http2'
import { H2CClient, fetch as undiciFetch, request as undiciRequest } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { chatAnswer } from './support/chat-answer.ts'
import { listen } from './support/listen.ts'

const call = {
  method: 'POST',
  headers: { baggage: 'tenant=acme', 'x-team': 'ops' },
  body: JSON.stringify({ model: 'm', messages: [] }),
}

let server: Http2Server
let dispatcher: H2CClient
let url: string
let captured: CapturedSpans
/** Of the last request. */
let seen: IncomingHttpHeaders
beforeAll(async () => {
  server = createServer(({ headers }, response) => {
    seen = headers
    response.writeHead(200, { 'content-type': 'application/json' }).end(chatAnswer)
  })
  const origin = await listen(server)
  dispatcher = new H2CClient(origin)
  url = `${origin}/v1/chat/completions`
  captured = captureSpans()
})
afterAll(async () => {
  captured.stop()
  await dispatcher.close()
  server.close()
})

// Node's own fetch does so from 26 on, with every provider that offers it.
describe('undici speaks HTTP/2', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['fetch', async () => (await undiciFetch(url, { ...call, dispatcher })).json()],
    ['request', async () => (await undiciRequest(url, { ...call, dispatcher })).body.json()],
  ])(
    '%s: the answer arrives, and there is one span that tells it, and baggage stays here',
    async (_, run) => {
      expect(await run()).toEqual(JSON.parse(chatAnswer))
      expect([seen.baggage, seen['x-team']]).toEqual([undefined, 'ops'])
      const spans = await captured.take(1)
      expect(
        spans.map(({ name, attributes }) => [
          name,
          attributes['gen_ai.usage.input_tokens'],
          attributes['gen_ai.usage.output_tokens'],
          attributes['spanmeter.request.attempts'],
        ]),
      ).toEqual([['chat m', 11, 7, 1]])
    },
  )
})
