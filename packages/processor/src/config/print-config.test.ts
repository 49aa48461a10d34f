import { describe, expect, test } from 'vitest'
import { parseConfig } from './load-config.ts'
import { printConfig } from './print-config.ts'

const FULL = `
receivers:
  otlp:
    protocols:
      http:
        endpoint: 0.0.0.0:4318
        max_request_body_size: 20MB
        read_timeout: 1500.5ms
        tls: { cert_file: /c, key_file: /k, client_ca_file: /ca, min_version: "1.3", reload_interval: 0 }
        auth: { bearer_token_file: /t, tenants: [{ tenant: acmeCorp, bearer_token_file: /a }] }
        cors: { allowed_origins: ["https://app.example"], allowed_headers: ["*"], max_age: 600 }
exporters:
  - name: tempo
    endpoint: https://tempo:4318
    logs_endpoint: https://loki/v1/logs
    headers: { X-Scope-OrgID: a, timeout: 5s }
    compression: gzip
    timeout: 90s
    tls: { ca_file: /ca, insecure_skip_verify: true }
    retry_on_failure: { initial_interval: 2s, max_elapsed_time: 1h }
sending_queue: { directory: /queue, max_size: 1000000001, fsync: never }
pricing: { overrides: ./prices.yaml }
enrichment: { normalize: true, legacy_cost_attribute: false }
attribution: { keys: [customerTier], rules: [{ when: { http.route: /v1/faq/* }, set: { feature: faqBot } }] }
content: { drop: [gen_ai.input.messages], hash: [user.id], hash_key: k }
metrics: { tenant_top_k: 7, export_interval: 0 }
ledger: { path: /ledger.duckdb, retention: 0 }
web: { endpoint: 127.0.0.1:1, auth: { basic: { username: Ann, password_file: /p } } }
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
