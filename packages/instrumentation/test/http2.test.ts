import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  createServer,
  type Http2Server,
} from 'node:http2'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { listen } from './support/listen.ts'

const piece = 'data: {"id":"c","model":"m-1","choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n'
const last = 'data: {"id":"c","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}}\n\n'

let server: Http2Server
let origin: string
let session: ClientHttp2Session
let captured: CapturedSpans
beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(piece)
    request.on('end', () => {
      if (request.headers['x-end'] === 'whole') response.end(last)
      if (request.headers['x-end'] === 'reset') response.stream.destroy()
    })
    request.resume()
  })
  origin = await listen(server)
})
beforeEach(() => {
  captured = captureSpans()
  session = connect(origin)
})
afterEach(() => {
  session.destroy()
  captured.stop()
})
afterAll(() => {
  server.close()
})

describe('a stream over HTTP/2', () => {
  test.each<[string, string, (stream: ClientHttp2Stream) => void, unknown]>([
    ['that comes to its end tells its usage', 'whole', () => {}, [11, undefined]],
    ['that its server resets is aborted', 'reset', () => {}, [undefined, 'aborted']],
    ['that the app closes is aborted', 'never', (stream) => stream.close(), [undefined, 'aborted']],
    ['that the app destroys is aborted', 'never', (stream) => stream.destroy(), [undefined, 'aborted']],
  ])('%s', async (_, end, onData, expected) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/v1/chat/completions',
      'x-end': end,
    })
    stream.on('data', () => onData(stream))
    stream.end(JSON.stringify({ model: 'm', messages: [], stream: true }))
    await new Promise((resolve) => stream.on('close', resolve))
    const [span] = await captured.take(1)
    const { attributes } = span!
    expect([attributes['gen_ai.usage.input_tokens'], attributes['spanmeter.usage.missing']]).toEqual(expected)
    expect(attributes['error.type']).toBeUndefined()
  })
})
