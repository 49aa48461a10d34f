import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { bySignal } from '../signals.ts'
import { ConfigError, type ConfigFile, type Environment, parseConfigFile } from './config-file.ts'
import { exporterFromEnvironment } from './exporter-from-environment.ts'
import { memoryLimit } from './memory-limit.ts'
import type {
  AuthConfig,
  Config,
  CorsConfig,
  ExporterConfig,
  HttpReceiverConfig,
  LedgerConfig,
  ReceiverConfig,
  SendingQueueConfig,
  TlsServerConfig,
  WebConfig,
} from './types.ts'
import { parseDuration, parseSize, parseTimer } from './units.ts'

// Content that the schema has checked; every access below uses a name of the schema.
// biome-ignore lint/suspicious/noExplicitAny: the schema is the type
type Checked = any

/**
 * The configuration from a file, the environment, or neither.
 *
 * @throws ConfigError with every problem and its line.
 */
export function loadConfig(path: string | undefined, environment: Environment = process.env): Config {
  if (path === undefined) return resolveConfig({}, environment, process.cwd())
  return resolveConfig(
    parseConfigFile(readText(path), path, environment),
    environment,
    dirname(resolve(path)),
  )
}

/** Like `loadConfig`, from a text; relative paths in it start from the working directory. */
export function parseConfig(text: string, source: string, environment: Environment = process.env): Config {
  return resolveConfig(parseConfigFile(text, source, environment), environment, process.cwd())
}

/** Fills in defaults and resolves units. */
function resolveConfig(file: ConfigFile, environment: Environment, directory: string): Config {
  const {
    receivers = {},
    exporters = [exporterFromEnvironment(environment)].filter((exporter) => exporter !== undefined),
    sending_queue = {},
    pricing = {},
    enrichment = {},
    attribution = {},
    content = {},
    metrics = {},
    ledger = {},
    web = {},
    budgets = [],
    alerts,
    limits = {},
    workers = 1,
    shutdown_timeout = '5s',
  } = file as Checked
  const protocols = withPaths(receivers, directory).otlp?.protocols ?? { http: null, grpc: null }
  return {
    receivers: {
      http: protocols.http === undefined ? undefined : httpReceiver(protocols.http),
      grpc: protocols.grpc === undefined ? undefined : receiver(protocols.grpc, '127.0.0.1:4317'),
    },
    exporters: withPaths(exporters, directory).map(exporter),
    sendingQueue: sendingQueue(sending_queue),
    pricing: { overrides: pricing.overrides, currency: pricing.currency ?? 'USD' },
    enrichment: {
      normalize: enrichment.normalize ?? false,
      legacyCostAttribute: enrichment.legacy_cost_attribute ?? true,
    },
    attribution,
    content,
    directory,
    metrics: {
      tenantTopK: metrics.tenant_top_k ?? 50,
      exportInterval: parseTimer(metrics.export_interval ?? '60s'),
    },
    ledger: ledger === false ? undefined : ledgerConfig(ledger),
    web: web === false ? undefined : webConfig(withPaths(web, directory)),
    budgets,
    alerts,
    limits: {
      memory: limits.memory === undefined ? memoryLimit() : parseSize(limits.memory),
      maxConnections: limits.max_connections ?? 1024,
    },
    workers,
    shutdownTimeout: parseTimer(shutdown_timeout),
  }
}

/** Resolves files, whose keys end in `_file`, from the configuration file's directory. */
function withPaths(node: Checked, directory: string): Checked {
  if (Array.isArray(node)) return node.map((item) => withPaths(item, directory))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'headers') return [key, value]
      if (key.endsWith('_file')) return [key, resolve(directory, String(value))]
      return [key, withPaths(value, directory)]
    }),
  )
}

function receiver(section: Checked, defaultEndpoint: string): ReceiverConfig {
  const {
    endpoint = defaultEndpoint,
    max_request_body_size = '64MiB',
    read_header_timeout = '10s',
    read_timeout = '60s',
    tls,
    auth,
  } = section ?? {}
  return {
    endpoint,
    maxRequestBodySize: parseSize(max_request_body_size),
    readHeaderTimeout: parseTimer(read_header_timeout),
    readTimeout: parseTimer(read_timeout),
    tls: serverTls(tls),
    auth: authConfig(auth),
  }
}

function httpReceiver(section: Checked): HttpReceiverConfig {
  return { ...receiver(section, '127.0.0.1:4318'), cors: corsConfig(section?.cors) }
}

function corsConfig(section: Checked): CorsConfig | undefined {
  if (section === undefined) return undefined
  const { allowed_origins: allowedOrigins, allowed_headers: allowedHeaders = [], max_age: maxAge } = section
  return { allowedOrigins, allowedHeaders, maxAge }
}

function serverTls(section: Checked): TlsServerConfig | undefined {
  if (section === undefined) return undefined
  return {
    certFile: section.cert_file,
    keyFile: section.key_file,
    clientCaFile: section.client_ca_file,
    minVersion: String(section.min_version) === '1.3' ? 'TLSv1.3' : 'TLSv1.2',
    reloadInterval: parseTimer(section.reload_interval ?? '10s'),
  }
}

function authConfig(section: Checked): AuthConfig | undefined {
  if (section === undefined) return undefined
  const { bearer_token_file, basic, tenants = [] } = section
  return {
    bearerTokenFile: bearer_token_file,
    basic: basic && { username: basic.username, passwordFile: basic.password_file },
    tenants: tenants.map((pin: Checked) => ({ tenant: pin.tenant, bearerTokenFile: pin.bearer_token_file })),
    reloadInterval: parseTimer(section.reload_interval ?? '10s'),
  }
}

function exporter(section: Checked): ExporterConfig {
  const { tls = {}, retry_on_failure: retry = {} } = section
  return {
    name: section.name,
    endpoint: section.endpoint,
    signalEndpoints: bySignal((signal) => section[`${signal}_endpoint`]),
    protocol: section.protocol ?? 'http/protobuf',
    headers: section.headers ?? {},
    compression: section.compression ?? 'none',
    timeout: parseTimer(section.timeout ?? '10s'),
    concurrency: section.concurrency ?? 10,
    maxRequestBodySize: parseSize(section.max_request_body_size ?? '64MiB'),
    tls: {
      caFile: tls.ca_file,
      certFile: tls.cert_file,
      keyFile: tls.key_file,
      insecureSkipVerify: tls.insecure_skip_verify ?? false,
      reloadInterval: parseTimer(tls.reload_interval ?? '10s'),
    },
    retry: {
      initialInterval: parseTimer(retry.initial_interval ?? '1s'),
      maxInterval: parseTimer(retry.max_interval ?? '30s'),
      multiplier: retry.multiplier ?? 1.5,
      maxElapsedTime: parseDuration(retry.max_elapsed_time ?? 0),
    },
  }
}

function sendingQueue(section: Checked): SendingQueueConfig {
  const directory = section.directory ?? './spanmeter-data/queue'
  return {
    enabled: section.enabled ?? true,
    directory,
    deadLetters: join(directory, 'dead-letters'),
    maxSize: parseSize(section.max_size ?? '2GiB'),
    fsync: section.fsync ?? 'interval',
  }
}

function ledgerConfig(section: Checked): LedgerConfig {
  return {
    path: section.path ?? './spanmeter-data/ledger.duckdb',
    retention: parseDuration(section.retention ?? '400d') || undefined,
  }
}

function webConfig(section: Checked): WebConfig {
  return {
    endpoint: section.endpoint ?? '127.0.0.1:4319',
    tls: serverTls(section.tls),
    auth: authConfig(section.auth),
    traceUrl: section.trace_url,
  }
}

function readText(path: string): string {
  try {
    const text = readFileSync(path, 'utf8')
    // A reload may come while the file is being rewritten: it must not take an empty file for "all defaults".
    if (text.trim() === '') throw new Error('it is empty (to use all defaults, put a comment into it)')
    return text
  } catch (error) {
    throw new ConfigError(`${path}: cannot be read: ${(error as Error).message}`)
  }
}
