import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { encodeHeaders } from '../../packages/processor/src/http2/header-encoder.ts'
import { ServerConnection } from '../../packages/processor/src/http2/server-connection.ts'
import { GRPC_PREFIX_BYTES } from '../../packages/processor/src/protocol/grpc-message.ts'
import { readInto } from '../../packages/processor/src/receivers/socket-reading.ts'

/** A backend that takes everything, in a process of its own: HTTP on the first port it says, gRPC (h2c) on the second. */
const http = createHttpServer((request, response) => {
  request.resume()
  request.on('end', () => response.writeHead(200, { 'content-type': request.headers['content-type'] }).end())
})

// Our own HTTP/2, into memory that is used again: Node's server stops for 10 ms and more to collect its streams and what it has
// read, which would count as the services' latency.
const headers = encodeHeaders([
  [':status', '200'],
  ['content-type', 'application/grpc'],
])
const trailers = encodeHeaders([['grpc-status', '0']])
const emptyMessage = Buffer.alloc(GRPC_PREFIX_BYTES)
const received = Buffer.allocUnsafeSlow(128 * 2 ** 10)
const grpc = createServer({ allowHalfOpen: true }, (accepted) => {
  const socket = readInto(accepted, {
    room: () => received,
    read(length, into) {
      connection.receive(into.subarray(0, length))
      return true
    },
  })
  const connection = new ServerConnection(socket, {
    request: (stream) => ({
      data() {},
      end: () => stream.respond(headers, { parts: [emptyMessage], trailers }),
      abort() {},
    }),
    ready() {},
    closed() {},
  })
  socket.on('end', () => connection.endOfInput())
})

function listen(server: typeof http | typeof grpc): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

process.stdout.write(`${await listen(http)} ${await listen(grpc)}\n`)
