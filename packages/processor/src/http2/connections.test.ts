import { once } from 'node:events'
import * as http2 from 'node:http2'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { listenLocally } from '../../../../test/support/listen-locally.ts'
import { connectHttp2 } from '../exporters/connect-http2.ts'
import { ClientConnection } from './client-connection.ts'
import { encodeHeaders } from './header-encoder.ts'
import { ServerConnection } from './server-connection.ts'

/* Either end of ours against Node's. */
const cleanUp: (() => void)[] = []
afterEach(() => {
  for (const one of cleanUp.splice(0)) one()
})

async function listen(server: Server | http2.Http2Server): Promise<string> {
  const port = await listenLocally(server)
  cleanUp.push(() => server.close())
  return `http://127.0.0.1:${port}`
}

describe('a server of ours', () => {
  /** Answers each request with its headers, and how long its body was. */
  async function startServer(): Promise<string> {
    const server = createServer((socket: Socket) => {
      const connection = new ServerConnection(socket, {
        ready() {},
        closed() {},
        request(stream) {
          let length = 0
          return {
            abort() {},
            data: (content) => {
              length += content.byteLength
            },
            end() {
              const body = Buffer.from(JSON.stringify({ ...stream.requestHeaders, length }))
              const reply = Buffer.concat([
                body,
                Buffer.alloc(Number(stream.requestHeaders['x-padding'] ?? 0)),
              ])
              stream.respond(encodeHeaders([[':status', '200']]), {
                parts: [reply],
                trailers: encodeHeaders([['grpc-status', '0']]),
              })
            },
          }
        },
      })
      socket.on('data', (chunk) => connection.receive(chunk))
      socket.on('end', () => connection.endOfInput())
    })
    return listen(server)
  }

  async function openClient(settings: http2.Settings = {}): Promise<http2.ClientHttp2Session> {
    const session = http2.connect(await startServer(), { settings })
    cleanUp.push(() => session.destroy())
    return session
  }

  async function ask(
    session: http2.ClientHttp2Session,
    headers: http2.OutgoingHttpHeaders,
    body: Buffer,
  ): Promise<{ reply: Record<string, unknown>; bytes: number; trailers: unknown }> {
    const stream = session.request({ ':method': 'POST', ':path': '/x', ...headers })
    stream.end(body)
    const [[trailers], content] = await Promise.all([once(stream, 'trailers'), buffer(stream)])
    const end = content.indexOf(0)
    const reply = JSON.parse(content.toString('utf8', 0, end === -1 ? content.byteLength : end))
    return { reply, bytes: content.byteLength, trailers: trailers['grpc-status'] }
  }

  test.each([0, 1, 16_384, 16_385, 100_000, 9_000_000])('takes a body of %i bytes', async (length) => {
    const session = await openClient()
    const { reply, trailers } = await ask(session, {}, Buffer.alloc(length))
    expect([reply.length, trailers]).toEqual([length, '0'])
  })

  test('reads headers as the client wrote them, call after call', async () => {
    const session = await openClient()
    const characters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join('')
    for (let call = 0; call < 5; call++) {
      const headers = {
        'x-all': characters,
        'x-call': `${call}`,
        authorization: `Bearer ${'s'.repeat(200 * call)}`,
      }
      expect((await ask(session, headers, Buffer.alloc(0))).reply).toMatchObject(headers)
    }
  })

  test('reads headers that need more than one frame', async () => {
    const session = await openClient()
    const large = '~'.repeat(15_000)
    expect((await ask(session, { 'x-large': large }, Buffer.alloc(3))).reply['x-large']).toBe(large)
  })

  test('keeps to small windows of the client', async () => {
    const session = await openClient({ initialWindowSize: 100 })
    const { bytes, trailers } = await ask(session, { 'x-padding': '70000' }, Buffer.alloc(10))
    expect(bytes).toBeGreaterThan(70_000)
    expect(trailers).toBe('0')
  })

  test('takes many calls at once, and ends when the last is answered', async () => {
    const session = await openClient()
    const lengths = Array.from({ length: 100 }, (_, index) => 1_000 * index)
    const replies = await Promise.all(lengths.map((length) => ask(session, {}, Buffer.alloc(length))))
    expect(replies.map(({ reply }) => reply.length)).toEqual(lengths)
    session.close()
    if (!session.closed) await once(session, 'close')
  })
})

describe('a client of ours', () => {
  type Handler = (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void

  async function openClient(onStream: Handler, settings: http2.Settings = {}): Promise<ClientConnection> {
    const server = http2.createServer({ settings })
    server.on('stream', (stream, headers) => {
      stream.on('error', () => undefined)
      onStream(stream, headers)
    })
    server.on('session', (session) => {
      session.on('error', () => undefined)
      cleanUp.push(() => session.destroy())
    })
    const connection = connectHttp2(new URL(await listen(server)), { rejectUnauthorized: true })
    cleanUp.push(() => connection.destroy())
    return connection
  }

  const headers = encodeHeaders([
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', '/x'],
    [':authority', 'x'],
    ['x-mine', 'yes'],
  ])

  function send(connection: ClientConnection, ...parts: Buffer[]): ReturnType<ClientConnection['request']> {
    return connection.request({ headers, parts, maxBytes: 100_000 })
  }

  const echoLength: Handler = (stream, request) => {
    let length = 0
    stream.on('data', (chunk: Buffer) => {
      length += chunk.byteLength
    })
    stream.on('end', () => {
      stream.respond({ ':status': 200, 'x-yours': request['x-mine'] }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-length': `${length}` }))
      stream.end('answer')
    })
  }

  test.each([
    [0, {}],
    [1, {}],
    [70_000, {}],
    [5_000_000, {}],
    [70_000, { initialWindowSize: 1_000 }],
    [70_000, { maxFrameSize: 100_000 }],
    [10, { headerTableSize: 0 }],
  ])('sends %i bytes to a server with settings %j', async (length, settings) => {
    const connection = await openClient(echoLength, settings)
    const answers = [1, 2, 3].map(() => send(connection, Buffer.alloc(5), Buffer.alloc(length)).answer)
    for (const answer of answers) {
      const { headers: received, body } = await answer
      expect([received[':status'], received['x-yours'], received['x-length'], String(body)]).toEqual([
        '200',
        'yes',
        String(length + 5),
        'answer',
      ])
    }
  })

  test('has no more streams open than the server takes', async () => {
    let open = 0
    let most = 0
    const connection = await openClient(
      (stream, request) => {
        most = Math.max(most, ++open)
        stream.on('close', () => open--)
        echoLength(stream, request)
      },
      { maxConcurrentStreams: 2 },
    )
    await send(connection, Buffer.alloc(1)).answer
    await Promise.all(Array.from({ length: 10 }, () => send(connection, Buffer.alloc(1_000)).answer))
    expect(most).toBe(2)
  })

  test('gets an answer that comes before its request is sent, and stops sending', async () => {
    const connection = await openClient(
      (stream) => {
        stream.respond({ ':status': 200, 'grpc-status': '8' }, { endStream: true })
      },
      { initialWindowSize: 0 },
    )
    const { headers: received } = await send(connection, Buffer.alloc(1_000_000)).answer
    expect(received['grpc-status']).toBe('8')
    expect(connection.isUsable).toBe(true)
  })

  test('a stream that the server resets fails; others go on', async () => {
    let first = true
    const connection = await openClient((stream, request) => {
      if (first) stream.close(http2.constants.NGHTTP2_REFUSED_STREAM)
      else echoLength(stream, request)
      first = false
    })
    await expect(send(connection, Buffer.alloc(9)).answer).rejects.toThrow(
      'the peer has reset the stream, code 7',
    )
    expect((await send(connection, Buffer.alloc(9)).answer).headers['x-length']).toBe('9')
  })

  test('an answer longer than the limit is given up', async () => {
    const connection = await openClient((stream) => {
      stream.respond({ ':status': 200 })
      stream.end(Buffer.alloc(200_000))
    })
    expect((await send(connection, Buffer.alloc(1)).answer).body).toBeUndefined()
  })

  test('a cancelled call fails with the reason; the connection stays', async () => {
    let isAnswering = false
    const connection = await openClient((stream, request) => {
      if (isAnswering) echoLength(stream, request)
    })
    const { answer, cancel } = send(connection, Buffer.alloc(1))
    cancel(new Error('no longer wanted'))
    await expect(answer).rejects.toThrow('no longer wanted')
    isAnswering = true
    expect((await send(connection, Buffer.alloc(2)).answer).headers['x-length']).toBe('2')
  })

  test('a server that goes away finishes what it has begun, and gets nothing new', async () => {
    let finish = (): void => undefined
    const connection = await openClient((stream, request) => {
      finish = () => echoLength(stream, request)
      stream.session?.close()
    })
    const { answer } = send(connection, Buffer.alloc(1))
    while (connection.isUsable) await turn()
    finish()
    expect((await answer).headers['x-length']).toBe('1')
  })

  test('a server that reads nothing more costs the connection, once the call is cancelled', async () => {
    const server = createServer((socket) => {
      // Room for everything, so that only the socket itself holds it up.
      socket.write(Buffer.from('000006040000000000' + '00047fffffff' + '0000040800000000007fff0000', 'hex'))
      socket.pause()
      cleanUp.push(() => socket.destroy())
    })
    const socket = connect(Number(new URL(await listen(server)).port), '127.0.0.1')
    const connection = new ClientConnection(socket)
    socket.on('data', (chunk) => connection.receive(chunk))
    await once(socket, 'data')
    const other = expect(send(connection, Buffer.alloc(1)).answer).rejects.toThrow(
      'the connection was closed',
    )
    const { answer, cancel } = send(connection, Buffer.alloc(30_000_000))
    cancel(new Error('no answer in time'))
    await expect(answer).rejects.toThrow('no answer in time')
    await other
    expect(connection.isUsable).toBe(false)
  })

  test('a connection that nobody takes fails with the reason', async () => {
    const server = createServer()
    const url = await listen(server)
    cleanUp.splice(0)
    await new Promise((resolve) => server.close(resolve))
    const connection = connectHttp2(new URL(url), { rejectUnauthorized: true })
    await expect(send(connection, Buffer.alloc(1)).answer).rejects.toThrow('ECONNREFUSED')
    expect(connection.isUsable).toBe(false)
  })

  test('a server that speaks no HTTP/2 fails the call', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const connection = connectHttp2(new URL(await listen(server)), { rejectUnauthorized: true })
    await expect(send(connection, Buffer.alloc(1)).answer).rejects.toThrow()
  })
})
