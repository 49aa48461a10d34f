import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { listenLocally } from '../../../../test/support/listen-locally.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const never = new AbortController().signal

async function listen(server: Server): Promise<string> {
  const port = await listenLocally(server)
  closing.push(() => server.close())
  return `http://127.0.0.1:${port}`
}

/** A server that answers each connection's requests with bytes, as they stand. */
function rawServer(answer: (socket: Socket) => void): Promise<string> {
  return listen(
    createServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('data', () => answer(socket))
      closing.push(() => socket.destroy())
    }),
  )
}

const httpServer = (listener: RequestListener): Promise<string> => listen(createHttpServer(listener))

function client(
  origin: string,
  options: { headers?: Record<string, string>; timeout?: number } = {},
): HttpClient {
  const created = createHttpClient({
    origin,
    headers: { 'content-type': 'text/plain', ...options.headers },
    concurrency: 2,
    timeout: options.timeout ?? 5_000,
    maxBytes: 1_000,
    tls: {
      caFile: undefined,
      certFile: undefined,
      keyFile: undefined,
      insecureSkipVerify: false,
      reloadInterval: 0,
    },
  })
  closing.push(() => created.close())
  return created
}

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'

test('sends method, path, headers and body, and reads the answer', async () => {
  const origin = await httpServer(async (request, response) => {
    const { method, url, headers } = request
    response.setHeader('x-seen', JSON.stringify({ method, url, ...headers }))
    response.statusCode = 202
    response.end(await text(request))
  })
  const response = await client(origin, { headers: { 'api-key': 'a b' } }).post(
    '/v1/traces?a=1',
    Buffer.from('hello'),
    never,
  )
  expect(response.statusCode).toBe(202)
  expect(String(response.body)).toBe('hello')
  expect(JSON.parse(String(response.headers['x-seen']))).toEqual({
    method: 'POST',
    url: '/v1/traces?a=1',
    host: new URL(origin).host,
    'content-type': 'text/plain',
    'api-key': 'a b',
    'content-length': '5',
  })
})

test('requests share as many connections as may be open, and each gets its own answer', async () => {
  const connections = new Set<Socket>()
  const origin = await httpServer(async (request, response) => {
    connections.add(request.socket)
    response.end(await text(request))
  })
  const { post } = client(origin)
  const bodies = Array.from({ length: 20 }, (_, index) => `body ${index}`)
  const answers = await Promise.all(bodies.map((body) => post('/', Buffer.from(body), never)))
  expect(answers.map(({ body }) => String(body))).toEqual(bodies)
  expect(connections.size).toBe(2)
})

test('a connection that the server closes after its answer is replaced', async () => {
  let connections = 0
  const origin = await httpServer((_, response) => {
    connections += 1
    response.setHeader('connection', 'close').end()
  })
  const { post } = client(origin)
  for (let index = 0; index < 3; index++) {
    expect((await post('/', Buffer.from('x'), never)).statusCode).toBe(200)
  }
  expect(connections).toBe(3)
})

test('an answer before the whole request was read is taken, and the rest not sent', async () => {
  const origin = await rawServer((socket) => {
    socket.pause()
    socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n')
  })
  const response = await client(origin).post('/', Buffer.alloc(32 * 2 ** 20), never)
  expect(response.statusCode).toBe(413)
})

test('a server that does not answer is given up after the timeout', async () => {
  const origin = await rawServer(() => undefined)
  await expect(client(origin, { timeout: 50 }).post('/', Buffer.from('x'), never)).rejects.toThrow(
    'no answer within 50 ms',
  )
})

test('a connection closed before the answer, and one refused, reject the request', async () => {
  const closes = await rawServer((socket) => socket.destroy())
  await expect(client(closes).post('/', Buffer.from('x'), never)).rejects.toThrow()
  const { port } = new URL(closes)
  await closing[0]?.()
  await expect(client(`http://127.0.0.1:${port}`).post('/', Buffer.from('x'), never)).rejects.toThrow(
    'ECONNREFUSED',
  )
})

test('an abort rejects requests under way and those that wait for a connection', async () => {
  const controller = new AbortController()
  const origin = await rawServer((socket) => {
    if (socket.bytesRead > 0) controller.abort(new Error('stopping'))
  })
  const { post } = client(origin)
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map(() => post('/', Buffer.from('x'), controller.signal)),
  )
  expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.message)).toEqual([
    'stopping',
    'stopping',
    'stopping',
  ])
})

test('after an answer that only a complete implementation should read, the library takes over', async () => {
  const origin = await rawServer((socket) =>
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: identity, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'),
  )
  const { post } = client(origin)
  await expect(post('/', Buffer.from('x'), never)).rejects.toThrow('unusual response: transfer encoding')
  expect(String((await post('/', Buffer.from('x'), never)).body)).toBe('ok')
})

test('headers that are about the connection are left to the library', async () => {
  const origin = await httpServer((request, response) => response.end(String(request.headers.host)))
  const { body } = await client(origin, { headers: { Host: 'tenant.example.com' } }).post(
    '/',
    Buffer.from('x'),
    never,
  )
  expect(String(body)).toBe('tenant.example.com')
})

test('a header that cannot be sent is refused when the client is made', () => {
  expect(() => client('http://127.0.0.1:1', { headers: { a: 'b\r\nc: d' } })).toThrow(
    'Invalid character in header content',
  )
})

test('bytes that nobody asked for close the connection, and disturb no request', async () => {
  const origin = await rawServer((socket) => socket.write(OK + OK))
  const { post } = client(origin)
  for (let index = 0; index < 3; index++) {
    expect((await post('/', Buffer.from('x'), never)).statusCode).toBe(200)
  }
})
