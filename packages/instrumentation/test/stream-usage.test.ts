import http from 'node:http'
import { request as undiciRequest } from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { type StandIn, startStandIn } from './support/stand-in.ts'

let standIn: StandIn
let captured: CapturedSpans | undefined
beforeAll(async () => {
  standIn = await startStandIn()
})
afterEach(() => captured?.stop())
afterAll(() => standIn.close())

const messages = [{ role: 'user', content: 'Hello, wörld' }]
const body = JSON.stringify({ model: 'gpt-4.1', messages, stream: true })
const bytes = new TextEncoder().encode(body)
const headers = { 'content-type': 'application/json' }
const long = { ...headers, 'content-length': String(bytes.length) }
/** The fetch of Node 22 refuses to be told the length. */
const lengthy = Number.parseInt(process.versions.node, 10) < 24 ? headers : long

function overHttp(send: (request: http.ClientRequest) => void, more: http.OutgoingHttpHeaders = {}) {
  return (url: string) =>
    new Promise<string>((resolve, reject) => {
      const request = http.request(url, { method: 'POST', headers: { ...headers, ...more } }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (piece: string) => {
          text += piece
        })
        response.on('end', () => resolve(text))
      })
      request.on('error', reject)
      send(request)
    })
}

/** Everything that sends a body and reads the answer. */
const clients: Record<string, (url: string) => Promise<string>> = {
  'fetch, a text': async (url) => (await fetch(url, { method: 'POST', headers: lengthy, body })).text(),
  'fetch, bytes': async (url) => (await fetch(url, { method: 'POST', headers, body: bytes })).text(),
  'fetch, a Request': async (url) =>
    (await fetch(new Request(url, { method: 'POST', headers: lengthy, body }))).text(),
  'node:http, ended with the body': overHttp((request) => request.end(body)),
  'node:http, its length given': overHttp((request) => request.end(body), {
    'content-length': bytes.length,
    'accept-encoding': 'gzip',
  }),
  'node:http, written in pieces': overHttp((request) => {
    request.write(bytes.subarray(0, 70), () => request.write(bytes.subarray(70), () => request.end()))
  }),
  'undici.request': async (url) =>
    (
      await undiciRequest(url, { method: 'POST', headers: { ...long, 'accept-encoding': 'gzip' }, body })
    ).body.text(),
}

describe('SPANMETER_STREAM_USAGE=inject', () => {
  test.each(Object.entries(clients))('%s: asks, and keeps the answer to itself', async (_, call) => {
    const url = `${standIn.url}/v1/chat/completions`
    const untouched = await call(url)
    expect(untouched).not.toContain('"usage":{')
    standIn.forget()
    captured = captureSpans({ streamUsage: 'inject' })
    expect(await call(url)).toBe(untouched)
    const [span] = await captured.take(1)
    expect(span?.attributes['gen_ai.usage.input_tokens']).toBe(1000)
    const [seen] = standIn.seen
    // As it can't be told from the rest of what is compressed.
    expect(seen!.headers['accept-encoding']).not.toBe('gzip')
    expect(JSON.parse(seen!.body)).toEqual({
      model: 'gpt-4.1',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  test('what else the app wants of the stream is asked as well', async () => {
    captured = captureSpans({ streamUsage: 'inject' })
    standIn.forget()
    const stream_options = { include_obfuscation: false }
    const asking = JSON.stringify({ model: 'gpt-4.1', messages, stream: true, stream_options })
    await (
      await fetch(`${standIn.url}/v1/chat/completions`, { method: 'POST', headers, body: asking })
    ).text()
    expect(JSON.parse(standIn.seen[0]!.body)).toMatchObject({
      stream_options: { include_obfuscation: false, include_usage: true },
    })
  })

  test.each(Object.entries(clients))('%s: nobody is asked who states it anyway', async (_, call) => {
    captured = captureSpans({ streamUsage: 'inject', hosts: { '127.0.0.1': 'mistral_ai' } })
    standIn.forget()
    await call(`${standIn.url}/v1/chat/completions`)
    expect(standIn.seen.map((seen) => seen.body)).toEqual([body])
  })

  test('node:http, where nothing is asked: the body goes out in the pieces it is written in, and what is none is refused', async () => {
    captured = captureSpans({ streamUsage: 'inject' })
    standIn.forget()
    const plain = JSON.stringify({ model: 'gpt-4.1', messages })
    await overHttp((request) => {
      request.write(plain.slice(0, 9))
      expect(() => request.write(5 as never)).toThrow('Received type number (5)')
      request.end(plain.slice(9))
    })(`${standIn.url}/v1/chat/completions`)
    expect(standIn.seen.map((seen) => [seen.body, seen.headers['transfer-encoding']])).toEqual([
      [plain, 'chunked'],
    ])
    const [span] = await captured.take(1)
    expect(span?.attributes['gen_ai.usage.input_tokens']).toBe(1000)
  })

  test.each(Object.entries(clients))('%s: what is no stream goes out as it is', async (_, call) => {
    captured = captureSpans({ streamUsage: 'inject' })
    standIn.forget()
    await call(`${standIn.url}/v1/embeddings`).catch(() => undefined)
    expect(standIn.seen.map((seen) => seen.body)).toEqual([body])
  })
})
