import type { AlertsConfig } from '../alerts/index.ts'
import type { AttributionConfig } from '../attribution/load-attribution.ts'
import type { BudgetConfig } from '../budgets/index.ts'
import type { ContentPolicy } from '../content/types.ts'
import type { FsyncPolicy } from '../queue/types.ts'
import type { Signal } from '../types.ts'

/** Everything the service needs to know, defaults filled in, units resolved. Sizes are bytes, times milliseconds. */
export interface Config {
  readonly receivers: {
    readonly http: HttpReceiverConfig | undefined
    readonly grpc: ReceiverConfig | undefined
  }
  readonly exporters: readonly ExporterConfig[]
  readonly sendingQueue: SendingQueueConfig
  readonly pricing: PricingConfig
  readonly enrichment: EnrichmentConfig
  /** In the words of the file. */
  readonly attribution: AttributionConfig
  readonly content: ContentPolicy
  /** Files that the configuration names are found from here. */
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
  /** A client that takes longer for its headers is cut. */
  readonly readHeaderTimeout: number
  /** The same for a whole request. */
  readonly readTimeout: number
  readonly tls: TlsServerConfig | undefined
  readonly auth: AuthConfig | undefined
}

export interface HttpReceiverConfig extends ReceiverConfig {
  readonly cors: CorsConfig | undefined
}

/** Pages that may send telemetry, in the Collector's words. */
export interface CorsConfig {
  /** `https://app.example`, with `*` for any characters; `*` alone: any page, without credentials. */
  readonly allowedOrigins: readonly string[]
  /** Request headers beside those of OTLP itself; `*`: any. */
  readonly allowedHeaders: readonly string[]
  /** Seconds for which a browser may remember the answer. */
  readonly maxAge: number | undefined
}

export interface TlsServerConfig {
  readonly certFile: string
  readonly keyFile: string
  /** Clients must present a certificate that it signed. */
  readonly clientCaFile: string | undefined
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3'
  /** How often the files are looked at; 0: only when told to reload. */
  readonly reloadInterval: number
}

export interface AuthConfig {
  /** One token a line. */
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
  /** Whole URLs for a signal, where it differs from the base. */
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
  /** Gives a record up after this long; 0: never. */
  readonly maxElapsedTime: number
}

export interface SendingQueueConfig {
  /** Off: a request is acknowledged when every destination has answered, and nothing is on disk. */
  readonly enabled: boolean
  readonly directory: string
  /** Folder for what a destination refused for good. */
  readonly deadLetters: string
  readonly maxSize: number
  readonly fsync: FsyncPolicy
}

interface EnrichmentConfig {
  /** Writes the standard names beside those of other conventions. */
  readonly normalize: boolean
  /** Writes the amount as `gen_ai.usage.cost` too. */
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
  /** Of the process; from the cgroup or the machine unless set. */
  readonly memory: number
  readonly maxConnections: number
}
