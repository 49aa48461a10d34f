import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'

/** A backend that takes everything, in a process of its own: HTTP on the first port it says, gRPC (h2c) on the second. */
const http = createHttpServer((request, response) => {
  request.resume()
  request.on('end', () => response.writeHead(200, { 'content-type': request.headers['content-type'] }).end())
})

const grpc = createHttp2Server({ settings: { initialWindowSize: 16 * 1024 * 1024 } })
grpc.on('session', (session) => session.setLocalWindowSize(16 * 1024 * 1024))
grpc.on('stream', (stream) => {
  stream.resume()
  stream.on('error', () => {})
  stream.on('end', () => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
    stream.end(Buffer.alloc(5))
  })
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
