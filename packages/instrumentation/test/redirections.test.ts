import http, { createServer, type Server } from 'node:http'
import { fetch as undiciFetch, request as undiciRequest } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { listen } from './support/listen.ts'
import { type StandIn, startStandIn } from './support/stand-in.ts'

let standIn: StandIn
let redirecting: Server
let url: string
let captured: CapturedSpans
beforeAll(async () => {
  standIn = await startStandIn()
  redirecting = createServer((_, response) => {
    response.writeHead(307, { location: `${standIn.url}/v1/chat/completions` }).end('elsewhere')
  })
  url = `${await listen(redirecting)}/v1/chat/completions`
  captured = captureSpans()
})
afterAll(async () => {
  captured.stop()
  redirecting.close()
  await standIn.close()
})

const body = JSON.stringify({ model: 'gpt-4.1', messages: [] })

/** As axios and got do it. */
function followed(address: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = http.request(address, { method: 'POST' }, (response) => {
      const { location } = response.headers
      if (location !== undefined) {
        response.destroy()
        followed(location).then(resolve, reject)
      } else response.resume().on('end', resolve)
    })
    request.on('error', reject)
    request.end(body)
  })
}

describe('a call that is redirected', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['fetch', async () => (await fetch(url, { method: 'POST', body })).text()],
    [
      'the fetch of the undici package',
      async () => (await undiciFetch(url, { method: 'POST', body })).text(),
    ],
    ['a client of node:http', () => followed(url)],
  ])('%s follows: one span, told by the final answer', async (_, call) => {
    await call()
    const spans = await captured.take(1)
    expect(spans.map(({ attributes }) => attributes['gen_ai.usage.input_tokens'])).toEqual([1000])
    expect(spans[0]?.attributes['server.port']).toBe(Number(new URL(url).port))
  })

  test('undici.request does not follow: the redirection is the answer', async () => {
    const { statusCode, body: answer } = await undiciRequest(url, { method: 'POST', body })
    expect([statusCode, await answer.text()]).toEqual([307, 'elsewhere'])
    const spans = await captured.take(1)
    expect(spans.map(({ attributes }) => attributes['gen_ai.usage.input_tokens'])).toEqual([undefined])
  })
})
