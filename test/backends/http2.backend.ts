import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeHeaders } from '../../packages/processor/src/http2/header-encoder.ts'
import { ServerConnection } from '../../packages/processor/src/http2/server-connection.ts'
import { listenLocally } from '../support/listen-locally.ts'
import { havePrograms, runProgram } from './support/programs.ts'

/** Answers once it has the whole request, as h2spec expects: gRPC says no to most of what it sends before that. */
const server = createServer((socket) => {
  const connection = new ServerConnection(socket, {
    ready() {},
    closed() {},
    request: (stream) => ({
      data() {},
      abort() {},
      end() {
        const answer = { parts: [Buffer.from('answer')], trailers: undefined }
        setImmediate(() => stream.respond(encodeHeaders([[':status', '200']]), answer))
      },
    }),
  })
  socket.on('data', (chunk) => connection.receive(chunk))
  socket.on('end', () => connection.endOfInput())
})

describe.skipIf(!havePrograms('h2spec'))("the gRPC receiver's HTTP/2", () => {
  let port: number
  beforeAll(async () => {
    port = await listenLocally(server)
  })
  afterAll(() => server.close())

  it('keeps every rule of h2spec, the strict ones too', { timeout: 120_000 }, async () => {
    const output = await runProgram('h2spec', ['-h', '127.0.0.1', '-p', String(port), '--strict'])
    expect(output).toContain('146 tests, 146 passed, 0 skipped, 0 failed')
  })
})
