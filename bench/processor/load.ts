import { Agent, request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectHttp2 } from '../../packages/processor/src/exporters/connect-http2.ts'
import { encodeHeaders } from '../../packages/processor/src/http2/header-encoder.ts'
import { grpcPrefix } from '../../packages/processor/src/protocol/grpc-message.ts'
import { GRPC_PATHS } from '../../packages/processor/src/protocol/signal-paths.ts'

export interface LoadResult {
  readonly requests: number
  readonly failures: number
  readonly seconds: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

export interface Load {
  readonly port: number
  readonly bodies: readonly Buffer[]
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
  /** As fast as they are answered where it isn't said. */
  readonly requestsPerSecond?: number
  /** Asked now and then; the load ends when it says so. */
  readonly isDone: () => boolean
}

/** Sends bodies one after the other on each connection. */
export async function httpLoad(load: Load): Promise<LoadResult> {
  const { port, headers, connections } = load
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const send = (body: Buffer): Promise<boolean> =>
    new Promise((resolve) => {
      const request = httpRequest(
        {
          agent,
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/v1/traces',
          headers: { ...headers, 'content-length': body.length },
        },
        (response) => {
          response.resume()
          response.on('end', () => resolve(response.statusCode === 200))
        },
      )
      request.on('error', () => resolve(false))
      request.end(body)
    })
  const result = await drive(send, load)
  agent.destroy()
  return result
}

/** By our own client: Node's stops for 10 ms and more to collect its streams, which would count as the services' latency. */
export async function grpcLoad(load: Load): Promise<LoadResult> {
  const url = new URL(`http://127.0.0.1:${load.port}`)
  const connection = connectHttp2(url, { rejectUnauthorized: false })
  const headers = encodeHeaders([
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', GRPC_PATHS.traces],
    [':authority', url.host],
    ['te', 'trailers'],
    ['content-type', 'application/grpc'],
  ])
  const send = async (body: Buffer): Promise<boolean> => {
    const parts = [grpcPrefix(body.length, false), body]
    try {
      const answer = await connection.request({ headers, parts, maxBytes: 1000 }).answer
      return answer.headers['grpc-status'] === '0'
    } catch {
      return false
    }
  }
  const result = await drive(send, load)
  connection.destroy()
  return result
}

async function drive(
  send: (body: Buffer) => Promise<boolean>,
  { bodies, connections, requestsPerSecond = Number.POSITIVE_INFINITY, isDone }: Load,
): Promise<LoadResult> {
  const start = performance.now()
  let ended = false
  const timer = setInterval(() => {
    ended = isDone()
  }, 50)
  const latencies: number[] = []
  let failures = 0
  const between = (connections / requestsPerSecond) * 1000
  const run = async (first: number): Promise<void> => {
    let due = start + (first / connections) * between
    for (let next = first; !ended; next++) {
      const wait = due - performance.now()
      if (wait > 0) await sleep(wait)
      due += between
      const sent = performance.now()
      const isAccepted = await send(bodies[next % bodies.length]!)
      if (isAccepted) latencies.push(performance.now() - sent)
      else failures++
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, connection) => run(connection)))
  clearInterval(timer)
  latencies.sort((a, b) => a - b)
  const quantile = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN
  return {
    requests: latencies.length,
    failures,
    seconds: (performance.now() - start) / 1000,
    p50: quantile(0.5),
    p99: quantile(0.99),
  }
}
