import { once } from 'node:events'
import { Agent, request as httpRequest } from 'node:http'
import { type ClientHttp2Session, connect } from 'node:http2'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { frame } from '../conformance/support/client.ts'
import {
  CALL_HEADERS,
  Flag,
  FrameType,
  http2Frame,
  openRaw,
  openRawHttp2,
} from '../conformance/support/http2-frames.ts'
import { newIds, tracesProtobuf } from '../conformance/support/payloads.ts'
import type { Entrance } from './entrances.ts'
import { JSON_OTHERS, JSON_TRACES, PROTOBUF_OTHERS, PROTOBUF_TRACES } from './seeds.ts'

/** Answers that say what is wrong with a request; anything else would be a fault of the server. */
const SANE_HTTP = new Set([200, 400, 413, 415])
const SANE_GRPC = new Set(['0', '3', '8', '12'])
const ANSWER_WITHIN_MS = 10_000

const PATHS = ['/v1/traces', '/v1/metrics', '/v1/logs'] as const
const COMPRESS = { gzip: gzipSync, zstd: zstdCompressSync, deflate: deflateSync }

/** The ports of a running processor. */
export function networkEntrances({ http, grpc }: { http: string; grpc: string }): Entrance[] {
  const post = createPost(http)
  const everyPath = async (bytes: Buffer, headers: Record<string, string>): Promise<void> => {
    for (const path of PATHS) await post(path, headers, bytes)
  }
  return [
    {
      name: 'http-protobuf',
      seeds: [...PROTOBUF_TRACES, ...PROTOBUF_OTHERS],
      feed: (bytes) => everyPath(bytes, { 'content-type': 'application/x-protobuf' }),
    },
    {
      name: 'http-json',
      seeds: [...JSON_TRACES, ...JSON_OTHERS],
      feed: (bytes) => everyPath(bytes, { 'content-type': 'application/json' }),
    },
    ...(['gzip', 'zstd', 'deflate'] as const).map((encoding) => ({
      name: `http-${encoding}`,
      seeds: PROTOBUF_TRACES.map((seed) => COMPRESS[encoding](seed)),
      feed: (bytes: Buffer) =>
        post('/v1/traces', { 'content-type': 'application/x-protobuf', 'content-encoding': encoding }, bytes),
    })),
    {
      name: 'grpc-message',
      seeds: PROTOBUF_TRACES.flatMap((seed) => [frame(seed), frame(gzipSync(seed), true)]),
      feed: createCall(grpc),
    },
    {
      name: 'http2-frames',
      seeds: [WHOLE_CALL, Buffer.concat([WHOLE_CALL, WHOLE_CALL])],
      feed: async (bytes) => untilClosed(await openRawHttp2(grpc), bytes),
    },
    {
      name: 'http1-bytes',
      seeds: [WHOLE_REQUEST],
      feed: async (bytes) => untilClosed(await openRaw(http), bytes),
    },
  ]
}

const MESSAGE = frame(tracesProtobuf(newIds(2)))
const WHOLE_CALL = Buffer.concat([
  http2Frame(FrameType.headers, Flag.endHeaders, 1, CALL_HEADERS),
  http2Frame(FrameType.data, Flag.endStream, 1, MESSAGE),
  http2Frame(FrameType.windowUpdate, 0, 0, Buffer.from([0, 0, 16, 0])),
  http2Frame(FrameType.ping, 0, 0, Buffer.alloc(8)),
  http2Frame(FrameType.headers, Flag.endHeaders, 3, CALL_HEADERS),
  http2Frame(FrameType.resetStream, 0, 3, Buffer.from([0, 0, 0, 8])),
])
const WHOLE_REQUEST = Buffer.concat([
  Buffer.from('POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\n'),
  Buffer.from('transfer-encoding: chunked\r\n\r\n5\r\n\x0a\x03\x12\x01\x00\r\n0\r\n\r\n', 'latin1'),
])

function createPost(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const { hostname: host, port } = new URL(url)
  return async (path: string, headers: Record<string, string>, body: Buffer): Promise<void> => {
    const request = httpRequest({
      agent,
      host,
      port,
      path,
      method: 'POST',
      headers,
      timeout: ANSWER_WITHIN_MS,
    })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    const answered = once(request, 'response')
    request.end(body)
    const [response] = await answered
    await once(response.resume(), 'end')
    if (!SANE_HTTP.has(response.statusCode)) throw new Error(`answered ${response.statusCode}`)
  }
}

function createCall(url: string): (bytes: Buffer) => Promise<void> {
  let session: ClientHttp2Session | undefined
  return async (bytes) => {
    if (session === undefined || session.closed || session.destroyed) {
      session = connect(url)
      session.on('error', () => undefined)
    }
    const stream = session.request({
      ':method': 'POST',
      ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      'content-type': 'application/grpc',
      'grpc-encoding': 'gzip',
    })
    let status: unknown
    const see = (headers: Record<string, unknown>): void => {
      status = headers['grpc-status'] ?? status
    }
    stream.on('error', () => undefined)
    stream.on('response', see)
    stream.on('trailers', see)
    stream.setTimeout(ANSWER_WITHIN_MS, () => stream.close())
    stream.resume()
    stream.end(bytes)
    await once(stream, 'close')
    if (!SANE_GRPC.has(String(status))) throw new Error(`answered ${status}`)
  }
}

/** Any end will do; staying open would not. */
async function untilClosed(socket: Awaited<ReturnType<typeof openRaw>>, bytes: Buffer): Promise<void> {
  const timer = setTimeout(() => socket.destroy(new Error('not closed')), ANSWER_WITHIN_MS)
  socket.resume()
  socket.end(bytes)
  const [hadError] = socket.closed ? [false] : await once(socket, 'close')
  clearTimeout(timer)
  if (hadError && socket.errored?.message === 'not closed') throw socket.errored
}
