import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  IncomingHttpHeaders,
  OutgoingHttpHeaders,
} from 'node:http2'
import { syncBuiltinESMExports } from 'node:module'
import type { Attempt } from '../call/attempt.ts'
import type { Metering } from '../metering.ts'
import { headerText, requestHeadFromUrl } from '../request-head.ts'
import { safely } from '../safely.ts'
import type { RequestHead } from '../wire/types.ts'
import { abortError } from './abort-error.ts'
import { listenOn } from './channels.ts'
import { shadow, watchEvents } from './shadow.ts'
import { tapWrites } from './tap-writes.ts'

/**
 * Observes every client of `node:http2`: the SDKs of AWS speak to Bedrock over it.
 *
 * @returns a function that stops it.
 */
export function observeHttp2(metering: Metering): () => void {
  return hasChannels()
    ? listenOn({
        'http2.client.stream.created': ({ stream, headers }: StreamMessage) => {
          observeStream(metering, stream, headers)
        },
      })
    : wrapConnect((stream, headers) => {
        safely('http2', () => observeStream(metering, stream, headers))
      })
}

interface StreamMessage {
  readonly stream: ClientHttp2Stream
  readonly headers: OutgoingHttpHeaders
}

function hasChannels(): boolean {
  return Number.parseInt(process.versions.node, 10) >= 24
}

type OnCreated = (stream: ClientHttp2Stream, headers: OutgoingHttpHeaders) => void

/** Node 22 has no channels for HTTP/2: there each session's `request` is wrapped. */
function wrapConnect(onCreated: OnCreated): () => void {
  const http2 = process.getBuiltinModule('node:http2')
  const original = http2.connect
  let stopped = false
  const wrapped = function (this: unknown, ...args: unknown[]): ClientHttp2Session {
    const session = Reflect.apply(original, this, args) as ClientHttp2Session
    const request = session.request
    shadow(session, 'request', function (this: ClientHttp2Session, headers, ...rest) {
      const stream = request.call(this, headers, ...rest)
      if (!stopped) onCreated(stream, stream.sentHeaders ?? headers ?? {})
      return stream
    })
    return session
  } as typeof http2.connect
  // Among them is what `util.promisify` looks for.
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original))
  http2.connect = wrapped
  syncBuiltinESMExports()
  return () => {
    // Open sessions go on, and somebody may have wrapped ours in turn and still call it.
    stopped = true
    if (http2.connect !== wrapped) return
    http2.connect = original
    syncBuiltinESMExports()
  }
}

function observeStream(metering: Metering, stream: ClientHttp2Stream, headers: OutgoingHttpHeaders): void {
  const head = readHead(stream, headers)
  const recognised = head && metering.recognise(head)
  if (head === undefined || recognised === undefined || isOfUndici(stream.session)) return
  const attempt = metering.begin(recognised, head, undefined, 'with-body')
  if (!attempt.active) return
  if (attempt.wantsRequestBody) tapWrites(stream, attempt)
  tapPushes(stream, attempt)
  watchEvents(stream, (event, argument) => {
    safely('http2', () => {
      if (event === 'response')
        startResponse(attempt, argument as IncomingHttpHeaders & { ':status'?: number })
      else if (event === 'close') attempt.failed(stream.errored ?? abortError())
    })
  })
}

/**
 * undici uses `node:http2` too, but publishes its requests on its own channels. Its sessions are known by a symbol it
 * puts on them.
 */
function isOfUndici(session: object | undefined): boolean {
  if (session === undefined) return false
  return Object.getOwnPropertySymbols(session).some(({ description }) => description === 'client')
}

function startResponse(attempt: Attempt, received: IncomingHttpHeaders & { ':status'?: number }): void {
  attempt.responseStarted(received[':status'] ?? 0, (name) => headerText(received[name]))
}

function tapPushes(stream: ClientHttp2Stream, attempt: Attempt): void {
  const push = stream.push
  shadow(stream, 'push', function (this: ClientHttp2Stream, chunk: Uint8Array | null, ...rest) {
    safely('http2', () => {
      if (chunk !== null) attempt.responseChunk(chunk)
      // A stream that is reset or abandoned ends as well, but is closed first.
      else if (!stream.closed) attempt.responseEnded()
    })
    return push.call(this, chunk, ...rest)
  })
}

function readHead(stream: ClientHttp2Stream, headers: OutgoingHttpHeaders): RequestHead | undefined {
  const header = (name: string): string | undefined => headerText(headers[name])
  const authority =
    header(':authority') ?? header('host') ?? stream.session?.originSet?.[0]?.replace(/^https?:\/\//, '')
  if (authority === undefined) return undefined
  const address = `${header(':scheme') ?? 'https'}://${authority}${header(':path') ?? '/'}`
  return requestHeadFromUrl(header(':method') ?? 'GET', address, header)
}
