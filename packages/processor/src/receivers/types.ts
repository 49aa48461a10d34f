import type { PartialSuccess } from '../protocol/export-response.ts'
import type { Authenticate } from '../security/authentication.ts'
import type { ReloadableTls } from '../security/tls.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { OtlpEncoding, RequestContext, Signal } from '../types.ts'
import type { BodyLimits } from './body-collector.ts'
import type { HandleCors } from './cors.ts'

export type Transport = 'http' | 'grpc'

/** One OTLP export request, decompressed, before anything has looked inside. */
export interface TelemetryRequest {
  readonly signal: Signal
  readonly encoding: OtlpEncoding
  readonly transport: Transport
  readonly body: Uint8Array
  /** The memory that begins with the body. It may be overwritten until the request is released. */
  readonly memory?: Buffer
  readonly context: RequestContext
  /** Gives the body's memory back; called once by the consumer. */
  release(): void
}

/**
 * Takes a request over. Resolves when the request may be acknowledged.
 *
 * @throws OtlpError with the status to answer.
 */
export type ConsumeRequest = (request: TelemetryRequest) => Promise<PartialSuccess | undefined>

/** What both receivers need. */
export interface ReceiverOptions {
  /** `host:port`. */
  readonly endpoint: string
  /** Whether other threads listen at the same endpoint. */
  readonly reusePort: boolean
  readonly limits: BodyLimits
  readonly maxConnections: number
  /** How long a client may take for its headers and for its whole request, in milliseconds. */
  readonly readHeaderTimeout: number
  readonly readTimeout: number
  readonly authenticate: Authenticate
  /** Whether no credentials are required. */
  readonly isOpen: boolean
  readonly tls: ReloadableTls | undefined
  readonly consume: ConsumeRequest
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
}

export interface HttpReceiverOptions extends ReceiverOptions {
  readonly handleCors: HandleCors
}

export interface Receiver {
  /** Where it listens, as a URL without a path. */
  readonly address: string
  /** Stops accepting and answers the requests under way; at the deadline, connections are cut. */
  close(deadline: AbortSignal): Promise<void>
}
