import type { AlertsConfig } from '../alerts/index.ts'
import type { AttributionConfig } from '../attribution/load-attribution.ts'
import type { BudgetConfig } from '../budgets/index.ts'
import type { ContentPolicy } from '../content/types.ts'
import type { FsyncPolicy } from '../queue/types.ts'
import type { Signal } from '../types.ts'

/** The whole configuration, with defaults filled in and units resolved: sizes are in bytes, times in milliseconds. */
export interface Config {
  readonly receivers: {
    readonly http: HttpReceiverConfig | undefined
    readonly grpc: ReceiverConfig | undefined
  }
  readonly exporters: readonly ExporterConfig[]
  readonly sendingQueue: SendingQueueConfig
  readonly pricing: PricingConfig
  readonly enrichment: EnrichmentConfig
  /** With the names of the file. */
  readonly attribution: AttributionConfig
  readonly content: ContentPolicy
  /** Where relative paths of the configuration start. */
  readonly directory: string
  readonly metrics: MetricsConfig
  readonly ledger: LedgerConfig | undefined
  readonly web: WebConfig | undefined
  readonly budgets: readonly BudgetConfig[]
  readonly alerts: AlertsConfig | undefined
  readonly limits: LimitsConfig
  /** Threads that receive, price and forward. */
  readonly workers: number
  readonly shutdownTimeout: number
}

export interface ReceiverConfig {
  /** `host:port`. */
  readonly endpoint: string
  readonly maxRequestBodySize: number
  /** A client that takes longer for its headers is cut off. */
  readonly readHeaderTimeout: number
  /** The same for a whole request. */
  readonly readTimeout: number
  readonly tls: TlsServerConfig | undefined
  readonly auth: AuthConfig | undefined
}

export interface HttpReceiverConfig extends ReceiverConfig {
  readonly cors: CorsConfig | undefined
}

/** Web pages that may send telemetry, with the Collector's names. */
export interface CorsConfig {
  /** `https://app.example`, with `*` for any characters; `*` alone: any page, without credentials. */
  readonly allowedOrigins: readonly string[]
  /** Request headers in addition to those of OTLP itself; `*`: any. */
  readonly allowedHeaders: readonly string[]
  /** Seconds for which a browser may remember the answer. */
  readonly maxAge: number | undefined
}

export interface TlsServerConfig {
  readonly certFile: string
  readonly keyFile: string
  /** If set, clients must present a certificate that this authority has signed. */
  readonly clientCaFile: string | undefined
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3'
  /** How often the files are looked at; 0: only when told to reload. */
  readonly reloadInterval: number
}

export interface AuthConfig {
  /** One token in each line. */
  readonly bearerTokenFile: string | undefined
  readonly basic: { readonly username: string; readonly passwordFile: string } | undefined
  /** Tokens that force `business.tenant`. */
  readonly tenants: readonly { readonly tenant: string; readonly bearerTokenFile: string }[]
  /** How often the files are looked at; 0: only when told to reload. */
  readonly reloadInterval: number
}

type ExportProtocol = 'http/protobuf' | 'http/json' | 'grpc'
type Compression = 'none' | 'gzip' | 'zstd'

export interface ExporterConfig {
  readonly name: string
  /** Base URL; HTTP exporters add `/v1/traces` and so on. */
  readonly endpoint: string
  /** Whole URLs of signals that have an endpoint of their own. */
  readonly signalEndpoints: Readonly<Record<Signal, string | undefined>>
  readonly protocol: ExportProtocol
  readonly headers: Readonly<Record<string, string>>
  readonly compression: Compression
  readonly timeout: number
  readonly concurrency: number
  readonly maxRequestBodySize: number
  readonly tls: TlsClientConfig
  readonly retry: RetryConfig
}

export interface TlsClientConfig {
  readonly caFile: string | undefined
  readonly certFile: string | undefined
  readonly keyFile: string | undefined
  readonly insecureSkipVerify: boolean
  /** How often the files are looked at; 0: only when told to reload. */
  readonly reloadInterval: number
}

export interface RetryConfig {
  readonly initialInterval: number
  readonly maxInterval: number
  readonly multiplier: number
  /** A record is given up after this long; 0: never. */
  readonly maxElapsedTime: number
}

export interface SendingQueueConfig {
  /** If off, a request is acknowledged when every destination has answered, and nothing is written to disk. */
  readonly enabled: boolean
  readonly directory: string
  /** Folder for records that a destination refused for good. */
  readonly deadLetters: string
  readonly maxSize: number
  readonly fsync: FsyncPolicy
}

interface EnrichmentConfig {
  /** Also writes the standard names on spans with other names. */
  readonly normalize: boolean
  /** Also writes the amount as `gen_ai.usage.cost`. */
  readonly legacyCostAttribute: boolean
}

interface PricingConfig {
  /** Path of the overrides file. */
  readonly overrides: string | undefined
  readonly currency: 'USD'
}

interface MetricsConfig {
  readonly tenantTopK: number
  /** How often the cost metrics go to the exporters; 0: never. */
  readonly exportInterval: number
}

export interface LedgerConfig {
  readonly path: string
  /** Older calls are removed; `undefined` keeps all. */
  readonly retention: number | undefined
}

export interface WebConfig {
  readonly endpoint: string
  readonly tls: TlsServerConfig | undefined
  readonly auth: AuthConfig | undefined
  /** URL with `{trace_id}` in it: where the page links a trace to. */
  readonly traceUrl: string | undefined
}

interface LimitsConfig {
  /** Of the process; by default that of the control group or the machine. */
  readonly memory: number
  readonly maxConnections: number
}
