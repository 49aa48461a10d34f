import { Buffer } from 'node:buffer'
import type { Attempt } from '../call/attempt.ts'
import type { MeteringConfiguration } from '../configuration.ts'
import type { HeaderReader } from '../request-head.ts'
import { isEventStream, UsageFilter, withUsageRequested } from './stream-usage.ts'
import type { UndiciRequest } from './undici-request.ts'

/** @returns whether the request has been changed to request the usage of its stream. */
export function injectIntoUndici(
  request: UndiciRequest,
  attempt: Attempt,
  configuration: MeteringConfiguration,
): boolean {
  const { body, headers } = request
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return false
  const injected = withUsageRequested(configuration, attempt, body)
  if (injected === undefined) return false
  const bytes = Buffer.from(injected)
  request.body = bytes
  if (typeof request.contentLength === 'number') request.contentLength = bytes.length
  // From a compressed response, nothing can be withheld.
  if (Array.isArray(headers)) {
    for (let index = 0; index + 1 < headers.length; index += 2) {
      if (String(headers[index]).toLowerCase() === 'accept-encoding') headers[index + 1] = 'identity'
    }
  }
  return true
}

/** Keeps the chunk with the usage from the app, on this one instance, and hands it to the attempt instead. */
export function withholdFromUndici(request: UndiciRequest, attempt: Attempt, header: HeaderReader): void {
  if (!isEventStream(header('content-type')) || header('content-encoding') !== undefined) return
  const onData = request.onResponseData === undefined ? 'onData' : 'onResponseData'
  const onEnd = request.onResponseEnd === undefined ? 'onComplete' : 'onResponseEnd'
  const data = request[onData]
  const end = request[onEnd]
  if (data === undefined || end === undefined) return
  const filter = new UsageFilter((event) => attempt.responseChunk(event))
  request[onData] = function (chunk: Uint8Array) {
    const passed = filter.pass(chunk)
    return passed.length === 0 ? true : data.call(this, passed)
  }
  request[onEnd] = function (trailers: unknown) {
    const left = filter.end()
    if (left.length > 0) data.call(this, left)
    return end.call(this, trailers)
  }
}
