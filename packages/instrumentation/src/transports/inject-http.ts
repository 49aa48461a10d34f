import { Buffer } from 'node:buffer'
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Attempt } from '../call/attempt.ts'
import type { MeteringConfiguration } from '../configuration.ts'
import { safely } from '../safely.ts'
import { shadow } from './shadow.ts'
import { isEventStream, UsageFilter, withUsageRequested } from './stream-usage.ts'
import { writtenBytes } from './tap-writes.ts'

/** A longer body is no longer held back, and goes out as it is. */
const MAX_HELD_BYTES = 16 * 1024 * 1024

/**
 * Holds back what the app writes into a request until the body is whole: only then can it be changed to request the usage.
 *
 * @param onWhole called once the attempt has seen the whole body, before any of it goes out.
 * @param onInjected called if it has been changed.
 */
export function holdWrites(
  request: ClientRequest,
  attempt: Attempt,
  configuration: MeteringConfiguration,
  onWhole: () => void,
  onInjected: () => void,
): void {
  const write = request.write as (...args: unknown[]) => boolean
  const end = request.end as (...args: unknown[]) => ClientRequest
  const held: Buffer[] = []
  let size = 0
  let released = false
  const record = (args: readonly unknown[]): Buffer | undefined =>
    safely('request body', () => {
      const bytes = writtenBytes(args)
      if (bytes !== undefined) attempt.requestChunk(bytes)
      // The app may write into it while it is held.
      return bytes && Buffer.from(bytes)
    })
  /** From here on the body goes out as the app writes it. */
  const release = (): void => {
    released = true
    for (const piece of held.splice(0)) write.call(request, piece)
  }
  shadow(request, 'write', ((...args: unknown[]): boolean => {
    const piece = record(args)
    // Not a valid piece of a body: the request itself will refuse it.
    if (piece === undefined || request.headersSent || size > MAX_HELD_BYTES) release()
    if (released || piece === undefined) return write.apply(request, args)
    held.push(piece)
    size += piece.length
    const written = args.find((arg) => typeof arg === 'function')
    if (written !== undefined) process.nextTick(written as () => void)
    return true
  }) as typeof request.write)
  shadow(request, 'end', ((...args: unknown[]): ClientRequest => {
    request.write = write as typeof request.write
    request.end = end as typeof request.end
    const last = record(args)
    safely('request body', () => {
      attempt.requestSent()
      onWhole()
    })
    const whole = released || request.headersSent ? undefined : last === undefined ? held : [...held, last]
    const injected = whole && inject(Buffer.concat(whole))
    if (injected === undefined) {
      release()
      return end.apply(request, args)
    }
    onInjected()
    return end.call(
      request,
      injected,
      args.find((arg) => typeof arg === 'function'),
    )
  }) as typeof request.end)

  function inject(body: Buffer): string | undefined {
    const injected = withUsageRequested(configuration, attempt, body)
    if (injected === undefined) return undefined
    if (request.hasHeader('content-length')) request.setHeader('content-length', Buffer.byteLength(injected))
    // From a compressed response, nothing can be withheld.
    request.setHeader('accept-encoding', 'identity')
    return injected
  }
}

/** Keeps the chunk with the usage from the app. */
export function withholdFromHttp(response: IncomingMessage): void {
  const { headers } = response
  if (!isEventStream(headers['content-type']) || headers['content-encoding'] !== undefined) return
  const filter = new UsageFilter()
  const push = response.push
  shadow(response, 'push', function (this: IncomingMessage, chunk: Uint8Array | null, ...rest) {
    if (chunk === null) {
      const left = filter.end()
      if (left.length > 0) push.call(this, left)
      return push.call(this, null, ...rest)
    }
    const passed = filter.pass(chunk)
    return passed.length === 0 ? true : push.call(this, passed, ...rest)
  })
}
