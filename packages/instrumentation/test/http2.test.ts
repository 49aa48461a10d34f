import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  createServer,
  type Http2Server,
} from 'node:http2'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
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
  session = http2.connect(origin)
})
afterEach(() => {
  session.destroy()
  captured.stop()
})
afterAll(() => {
  server.close()
})

const CALL = { ':method': 'POST', ':path': '/v1/chat/completions' }

async function finish(stream: ClientHttp2Stream): Promise<void> {
  stream.end(JSON.stringify({ model: 'm', messages: [], stream: true }))
  await new Promise((resolve) => stream.on('close', resolve))
}

describe('a stream over HTTP/2', () => {
  test.each<[string, string, (stream: ClientHttp2Stream) => void, unknown]>([
    ['that comes to its end tells its usage', 'whole', () => {}, [11, undefined]],
    ['that its server resets is aborted', 'reset', () => {}, [undefined, 'aborted']],
    ['that the app closes is aborted', 'never', (stream) => stream.close(), [undefined, 'aborted']],
    ['that the app destroys is aborted', 'never', (stream) => stream.destroy(), [undefined, 'aborted']],
  ])('%s', async (_, end, onData, expected) => {
    const stream = session.request({ ...CALL, 'x-end': end })
    stream.on('data', () => onData(stream))
    await finish(stream)
    const [span] = await captured.take(1)
    const { attributes } = span!
    expect([attributes['gen_ai.usage.input_tokens'], attributes['spanmeter.usage.missing']]).toEqual(expected)
    expect(attributes['error.type']).toBeUndefined()
  })
})

/** As Node 22 is, which has no channels for HTTP/2. */
describe('where `connect` is wrapped', () => {
  beforeEach(() => {
    captured.stop()
    vi.stubGlobal('process', Object.create(process, { versions: { value: { node: '22.15.0' } } }))
    captured = captureSpans()
    session.destroy()
    session = http2.connect(origin)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  const call = async (): Promise<void> => {
    await finish(session.request({ ...CALL, 'x-end': 'whole' }).resume())
  }

  test('a session that was opened meanwhile gives no span once the metering has stopped', async () => {
    await call()
    captured.metering.stop()
    await call()
    expect((await captured.take(1)).map(({ name }) => name)).toEqual(['chat m'])
  })

  test('what another instrumentation has put around it stays', () => {
    const wrapped = http2.connect
    const others = ((...args: Parameters<typeof http2.connect>) => wrapped(...args)) as typeof http2.connect
    http2.connect = others
    captured.metering.stop()
    expect(http2.connect).toBe(others)
    http2.connect = wrapped
  })

  test('Node’s own promise of it still gives a session', async () => {
    const promised = (await promisify(http2.connect)(origin)) as ClientHttp2Session
    expect(promised.request).toBeTypeOf('function')
    promised.destroy()
  })
})
