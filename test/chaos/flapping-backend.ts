import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { spanIds } from '../conformance/support/payloads.ts'
import { listenLocally } from '../support/listen-locally.ts'

export interface FlappingBackend {
  readonly url: string
  /** Distinct spans of the requests that were answered with success. */
  readonly received: ReadonlySet<string>
  /** Answers everything with success from now on. */
  calmDown(): void
  close(): Promise<void>
}

/** An OTLP/HTTP backend that fails one request in three, each time in another way that allows a retry. */
export async function startFlappingBackend(random: () => number): Promise<FlappingBackend> {
  const received = new Set<string>()
  let calm = false
  const server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => undefined)
    if (body === undefined) return
    const failure = calm ? 1 : random()
    if (failure < 0.1) return request.socket.destroy()
    if (failure < 0.2) return response.writeHead(503, { 'retry-after': '0' }).end()
    if (failure < 0.25) return response.writeHead(429).end()
    // Taken, but the answer is lost: the processor has to send it again.
    if (failure < 0.33) return take(body, request.socket.destroy())
    take(body, response.writeHead(200).end())
  })
  const take = (body: Buffer, _answered: unknown): void => {
    for (const id of spanIds(body, 'protobuf')) received.add(id)
  }
  const port = await listenLocally(server)
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    calmDown() {
      calm = true
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
