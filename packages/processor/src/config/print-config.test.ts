import { describe, expect, test } from 'vitest'
import { parseConfig } from './load-config.ts'
import { printConfig } from './print-config.ts'
import { parseSize } from './units.ts'

const FULL = `
receivers:
  otlp:
    protocols:
      http:
        endpoint: 0.0.0.0:4318
        max_request_body_size: 20MB
        read_header_timeout: 3s
        read_timeout: 1500.5ms
        tls: { cert_file: /c, key_file: /k, client_ca_file: /ca, min_version: "1.3", reload_interval: 0 }
        auth: { bearer_token_file: /t, tenants: [{ tenant: acmeCorp, bearer_token_file: /a }], reload_interval: 2d }
        cors: { allowed_origins: ["https://app.example"], allowed_headers: ["*"], max_age: 600 }
exporters:
  - name: tempo
    endpoint: https://tempo:4318
    traces_endpoint: https://tempo/v1/traces
    metrics_endpoint: https://mimir/v1/metrics
    logs_endpoint: https://loki/v1/logs
    protocol: http/json
    headers: { X-Scope-OrgID: a, timeout: 5s, key_file: b }
    compression: gzip
    timeout: 90s
    concurrency: 3
    max_request_body_size: 4KiB
    tls: { ca_file: /ca, cert_file: /c2, key_file: /k2, insecure_skip_verify: true, reload_interval: 11s }
    retry_on_failure: { initial_interval: 2s, max_interval: 12h, multiplier: 2.5, max_elapsed_time: 1h }
sending_queue: { directory: /queue, max_size: 1000000001, fsync: never, enabled: false }
pricing: { overrides: ./prices.yaml }
enrichment: { normalize: true, legacy_cost_attribute: false }
attribution: { keys: [customerTier], rules: [{ when: { http.route: /v1/faq/* }, set: { feature: faqBot } }] }
content: { drop: [gen_ai.input.messages], hash: [user.id], hash_key: k }
metrics: { tenant_top_k: 7, export_interval: 0 }
ledger: { path: /ledger.duckdb, retention: 30d }
web:
  endpoint: 127.0.0.1:1
  tls: { cert_file: /c3, key_file: /k3 }
  auth: { basic: { username: Ann, password_file: /p } }
  trace_url: http://jaeger/trace/{trace_id}
budgets: [{ name: allOfIt, limit: 10, period: month, currency: EUR, usd_per_unit: 1.1 }]
alerts: { webhook: { url: http://hooks/a, format: slack }, external_url: http://spanmeter }
limits: { memory: 1GiB, max_connections: 9 }
workers: 2
shutdown_timeout: 8s
`

describe('a printed configuration, read again, is the same', () => {
  test.each([
    ['with everything in it', FULL],
    ['of defaults alone', ''],
    [
      'with as much off as can be',
      'receivers: { otlp: { protocols: {} } }\nexporters: []\nledger: false\nweb: false',
    ],
  ])('%s', (_what, text) => {
    const config = parseConfig(text, 'f.yaml', {})
    expect(parseConfig(printConfig(config), 'printed.yaml', {})).toEqual(config)
  })
})

test('is printed in units that people read', () => {
  const printed = printConfig(parseConfig('', 'f.yaml', {}))
  expect(printed).toContain('retention: 400d')
  expect(printed).toContain('max_request_body_size: 64MiB')
  expect(printed).toContain('shutdown_timeout: 5s')
})

test('every setting is taken over, in bytes and milliseconds', () => {
  expect(parseConfig(FULL, 'f.yaml', {})).toEqual({
    receivers: {
      http: {
        endpoint: '0.0.0.0:4318',
        maxRequestBodySize: 20_000_000,
        readHeaderTimeout: 3000,
        readTimeout: 1500.5,
        tls: {
          certFile: '/c',
          keyFile: '/k',
          clientCaFile: '/ca',
          minVersion: 'TLSv1.3',
          reloadInterval: 0,
        },
        auth: {
          bearerTokenFile: '/t',
          tenants: [{ tenant: 'acmeCorp', bearerTokenFile: '/a' }],
          reloadInterval: 172_800_000,
        },
        cors: { allowedOrigins: ['https://app.example'], allowedHeaders: ['*'], maxAge: 600 },
      },
    },
    exporters: [
      {
        name: 'tempo',
        endpoint: 'https://tempo:4318',
        signalEndpoints: {
          traces: 'https://tempo/v1/traces',
          metrics: 'https://mimir/v1/metrics',
          logs: 'https://loki/v1/logs',
        },
        protocol: 'http/json',
        headers: { 'X-Scope-OrgID': 'a', timeout: '5s', key_file: 'b' },
        compression: 'gzip',
        timeout: 90_000,
        concurrency: 3,
        maxRequestBodySize: 4096,
        tls: {
          caFile: '/ca',
          certFile: '/c2',
          keyFile: '/k2',
          insecureSkipVerify: true,
          reloadInterval: 11_000,
        },
        retry: {
          initialInterval: 2000,
          maxInterval: 43_200_000,
          multiplier: 2.5,
          maxElapsedTime: 3_600_000,
        },
      },
    ],
    sendingQueue: {
      enabled: false,
      directory: '/queue',
      deadLetters: '/queue/dead-letters',
      maxSize: 1_000_000_001,
      fsync: 'never',
    },
    pricing: { overrides: './prices.yaml', currency: 'USD' },
    enrichment: { normalize: true, legacyCostAttribute: false },
    attribution: {
      keys: ['customerTier'],
      rules: [{ when: { 'http.route': '/v1/faq/*' }, set: { feature: 'faqBot' } }],
    },
    content: { drop: ['gen_ai.input.messages'], hash: ['user.id'], hash_key: 'k' },
    directory: process.cwd(),
    metrics: { tenantTopK: 7, exportInterval: 0 },
    ledger: { path: '/ledger.duckdb', retention: 2_592_000_000 },
    web: {
      endpoint: '127.0.0.1:1',
      tls: { certFile: '/c3', keyFile: '/k3', minVersion: 'TLSv1.2', reloadInterval: 10_000 },
      auth: { basic: { username: 'Ann', passwordFile: '/p' }, tenants: [], reloadInterval: 10_000 },
      traceUrl: 'http://jaeger/trace/{trace_id}',
    },
    budgets: [{ name: 'allOfIt', limit: 10, period: 'month', currency: 'EUR', usd_per_unit: 1.1 }],
    alerts: { webhook: { url: 'http://hooks/a', format: 'slack' }, external_url: 'http://spanmeter' },
    limits: { memory: 1_073_741_824, maxConnections: 9 },
    workers: 2,
    shutdownTimeout: 8000,
  })
})

test.each([
  [5, 5],
  ['1.5B', 1],
  ['1 KB', 1000],
  ['1MB', 1e6],
  ['1GB', 1e9],
  ['1TB', 1e12],
  ['1.5KiB', 1536],
  ['1MiB', 1_048_576],
  ['1GiB', 1_073_741_824],
  ['1TiB', 1_099_511_627_776],
])('a size of %s is %i bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes)
})
