import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Socket } from 'node:net'
import { addressOf } from '../network/address-of.ts'
import { withCredentials } from '../security/url-credentials.ts'

/**
 * Opens a connection to a server through a proxy, within `timeout` milliseconds.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#CONNECT
 */
export function openTunnel(proxy: URL, server: URL, timeout: number): Promise<Socket> {
  const target = `${server.hostname}:${addressOf(server).port}`
  const { authorization } = withCredentials(proxy, {})
  const request = (proxy.protocol === 'https:' ? requestHttps : requestHttp)({
    ...addressOf(proxy),
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...(authorization !== undefined && { 'proxy-authorization': authorization }) },
    agent: false,
  })
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const deadline = setTimeout(
    () => request.destroy(new Error(`the proxy gave no answer within ${timeout} ms`)),
    timeout,
  )
  request.once('connect', ({ statusCode = 0 }, socket: Socket) => {
    if (statusCode >= 200 && statusCode < 300) return resolve(socket)
    socket.destroy()
    reject(new Error(`the proxy answered ${statusCode}`))
  })
  request.once('response', (response) => {
    response.destroy()
    reject(new Error(`the proxy answered ${response.statusCode}`))
  })
  request.once('error', reject)
  request.end()
  return promise.finally(() => clearTimeout(deadline))
}
