import { mayHaveProxy } from '../network/environment-proxy.ts'
import { checkHeaders } from './check-headers.ts'
import type { HttpClient, HttpClientOptions, WholeResponse } from './http-client.ts'
import { type Exchange, PlainHttpConnection } from './plain-http-connection.ts'

/** Headers that are about the connection, or change how a request is sent: these need a complete HTTP client. */
const UNUSUAL_HEADERS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export function isPlainRequest({ origin, headers }: HttpClientOptions): boolean {
  const isUnusual = Object.keys(headers).some((name) => UNUSUAL_HEADERS.has(name.toLowerCase()))
  return origin.startsWith('http:') && !isUnusual && !mayHaveProxy(origin)
}

/**
 * POST over plain HTTP/1.1, of which an exporter needs very little: it knows the length of what it sends, and waits for a short
 * response. Takes half as long as undici, because hardly anything is allocated for each response.
 *
 * @throws if a header can't be sent.
 */
export function createPlainHttpClient(options: HttpClientOptions): HttpClient {
  const head = requestHead(options)
  const connections = new Set<PlainHttpConnection>()
  const idle: PlainHttpConnection[] = []
  const waiting: Exchange[] = []

  const connect = (): PlainHttpConnection => {
    const connection = new PlainHttpConnection(options, {
      free() {
        const next = waiting.shift()
        if (next === undefined) idle.push(connection)
        else connection.send(next)
      },
      closed() {
        connections.delete(connection)
        remove(idle, connection)
        const next = waiting.shift()
        if (next !== undefined) start(next)
      },
    })
    connections.add(connection)
    return connection
  }
  const takeIdle = (): PlainHttpConnection | undefined => {
    // The connection that was used last is most likely to be alive.
    for (let connection = idle.pop(); connection !== undefined; connection = idle.pop()) {
      if (connection.isUsable) return connection
      connection.close()
    }
    return undefined
  }
  const start = (exchange: Exchange): void => {
    const connection = takeIdle() ?? (connections.size < options.concurrency ? connect() : undefined)
    if (connection === undefined) waiting.push(exchange)
    else connection.send(exchange)
  }

  return {
    post: (path, body, signal) =>
      new Promise<WholeResponse>((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const abort = (): void => {
          remove(waiting, exchange)
          exchange.reject(signal.reason)
        }
        const exchange: Exchange = {
          head: head(path, body.byteLength),
          body,
          connection: undefined,
          resolve(response) {
            signal.removeEventListener('abort', abort)
            resolve(response)
          },
          reject(error) {
            signal.removeEventListener('abort', abort)
            exchange.connection?.close()
            reject(error)
          },
        }
        signal.addEventListener('abort', abort)
        start(exchange)
      }),
    async close() {
      for (const { reject } of waiting.splice(0)) reject(new Error('the exporter is closed'))
      for (const connection of connections) connection.close()
    },
  }
}

/** Makes the head of a request from its path and the length of its body. */
function requestHead({ origin, headers }: HttpClientOptions): (path: string, length: number) => string {
  const lines = checkHeaders(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const shared = ` HTTP/1.1\r\nhost: ${new URL(origin).host}\r\n${lines.join('')}content-length: `
  return (path, length) => `POST ${path}${shared}${length}\r\n\r\n`
}

function remove<Item>(list: Item[], item: Item): void {
  const index = list.indexOf(item)
  if (index !== -1) list.splice(index, 1)
}
