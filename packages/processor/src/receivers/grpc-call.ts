import { ErrorCode } from '../http2/frames.ts'
import { encodeHeaders } from '../http2/header-encoder.ts'
import type { RequestListener, ServerStream } from '../http2/server-stream.ts'
import { encodeExportResponse } from '../protocol/export-response.ts'
import { frameMessage, GRPC_PREFIX_BYTES } from '../protocol/grpc-message.ts'
import { GrpcCode, internalError, invalidData, OtlpError } from '../protocol/otlp-error.ts'
import { encodeStatus } from '../protocol/rpc-status.ts'
import { GRPC_PATHS, signalsByPath } from '../protocol/signal-paths.ts'
import type { RequestContext, Signal } from '../types.ts'
import { BodyCollector, type PooledBytes } from './body-collector.ts'
import { inflate } from './decompress.ts'
import type { ReceiverOptions } from './types.ts'

const SIGNALS_BY_PATH = signalsByPath(GRPC_PATHS)
/** Not `application/grpc-web`, which frames its trailers differently. */
const CONTENT_TYPE = /^application\/grpc(\+proto)?\s*(;|$)/i

const HEADERS = [
  [':status', '200'],
  ['content-type', 'application/grpc'],
  ['grpc-accept-encoding', 'gzip, zstd, deflate, identity'],
] as const
const RESPONSE_HEADERS = encodeHeaders(HEADERS)
const OK_TRAILERS = encodeHeaders([['grpc-status', '0']])
const NOT_GRPC = encodeHeaders([[':status', '415']])

/**
 * One unary call: collects its message in pooled memory, hands it over, and answers.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export class GrpcCall implements RequestListener {
  readonly #stream: ServerStream
  readonly #options: ReceiverOptions
  readonly #timer: NodeJS.Timeout
  readonly #prefix = Buffer.allocUnsafe(GRPC_PREFIX_BYTES)
  #prefixBytes = 0
  #collector: BodyCollector | undefined
  /** Bytes of the message that are still to come. */
  #missing = 0
  #signal: Signal | undefined
  #context: RequestContext = {}
  /** Whether the call has been answered or given up. */
  #isOver = false

  constructor(stream: ServerStream, options: ReceiverOptions) {
    this.#stream = stream
    this.#options = options
    this.#timer = setTimeout(() => this.#timeOut(), options.readTimeout)
    if (CONTENT_TYPE.test(stream.requestHeaders['content-type'] ?? ''))
      this.#attempt(() => this.#readHeaders())
    else this.#answer(NOT_GRPC)
  }

  data(content: Buffer): void {
    if (!this.#isOver) this.#attempt(() => this.#collect(content))
  }

  end(): void {
    if (this.#isOver) return
    this.#attempt(() => {
      if (this.#collector === undefined || this.#missing > 0) throw invalidData('the message is cut short')
      void this.#export(this.#collector.finish())
    })
  }

  abort(): void {
    this.#giveUp()
  }

  #attempt(step: () => void): void {
    try {
      step()
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  #readHeaders(): void {
    const { ':path': path = '', authorization } = this.#stream.requestHeaders
    this.#signal = SIGNALS_BY_PATH.get(path)
    if (this.#signal === undefined) throw unimplemented(`unknown method ${path}`)
    this.#context = this.#options.authenticate(authorization)
  }

  #collect(content: Buffer): void {
    let at = 0
    if (this.#collector === undefined) {
      at = content.copy(this.#prefix, this.#prefixBytes)
      this.#prefixBytes += at
      if (this.#prefixBytes < GRPC_PREFIX_BYTES) return
      this.#missing = this.#prefix.readUInt32BE(1)
      this.#collector = new BodyCollector(this.#options.limits, this.#missing)
    }
    this.#missing -= content.byteLength - at
    if (this.#missing < 0) throw invalidData('a unary call carries exactly one message')
    this.#collector.push(at === 0 ? content : content.subarray(at))
  }

  async #export(message: PooledBytes): Promise<void> {
    clearTimeout(this.#timer)
    this.#collector = undefined
    const { consume, telemetry } = this.#options
    const signal = this.#signal as Signal
    try {
      const { bytes: body, memory, release } = await this.#uncompressed(message)
      const request = { signal, encoding: 'protobuf', transport: 'grpc', context: this.#context } as const
      const partial = await consume({ ...request, body, memory, release })
      telemetry.requests.add(1, 'grpc', signal, String(GrpcCode.ok))
      const response = frameMessage(encodeExportResponse('protobuf', signal, partial))
      this.#answer(RESPONSE_HEADERS, { parts: [response], trailers: OK_TRAILERS })
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  async #uncompressed(message: PooledBytes): Promise<PooledBytes> {
    if (this.#prefix[0] !== 1) return message
    try {
      const encoding = this.#stream.requestHeaders['grpc-encoding'] ?? 'identity'
      return await inflate(message.bytes, encoding, this.#options.limits)
    } finally {
      message.release()
    }
  }

  #fail(thrown: unknown): void {
    const { telemetry, log } = this.#options
    const error = thrown instanceof OtlpError ? thrown : internalError(thrown)
    const code = String(error.details.grpcCode)
    telemetry.requests.add(1, 'grpc', this.#signal ?? '', code)
    const path = this.#stream.requestHeaders[':path']
    log.warn(`grpc ${code}`, { err: error.cause ?? error, path }, error.message)
    this.#answer(encodeHeaders(statusHeaders(error)))
  }

  #answer(headers: Buffer, outgoing?: Parameters<ServerStream['respond']>[1]): void {
    this.#giveUp()
    this.#stream.respond(headers, outgoing)
  }

  #timeOut(): void {
    this.#stream.reset(ErrorCode.cancel)
  }

  #giveUp(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#collector?.release()
    this.#collector = undefined
  }
}

/** A Trailers-Only response: several clients miss a status that comes after a header frame without a message. */
function statusHeaders(error: OtlpError): readonly (readonly [string, string])[] {
  return [
    ...HEADERS,
    ['grpc-status', String(error.details.grpcCode)],
    ['grpc-message', encodeURIComponent(error.message).replaceAll('%20', ' ')],
    ['grpc-status-details-bin', encodeStatus(error, 'protobuf').toString('base64')],
  ]
}

function unimplemented(message: string): OtlpError {
  return new OtlpError(message, { grpcCode: GrpcCode.unimplemented, httpStatus: 501 })
}
