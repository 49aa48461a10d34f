import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { ConfigError } from './config-file.ts'
import { loadConfig, parseConfig } from './load-config.ts'
import { memoryLimit } from './memory-limit.ts'
import schema from './spanmeter.schema.json' with { type: 'json' }

function problemsOf(text: string, environment: Record<string, string> = {}): string[] {
  try {
    parseConfig(text, 'f.yaml', environment)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message.split('\n').map((problem) => problem.replace(/^f\.yaml:(?:(\d+:\d+):)?/, '$1'))
  }
}

describe('without a file', () => {
  test('everything listens on loopback, and nothing is forwarded', () => {
    const { receivers, web, exporters, sendingQueue } = loadConfig(undefined, {})
    expect([receivers.http?.endpoint, receivers.grpc?.endpoint, web?.endpoint]).toEqual([
      '127.0.0.1:4318',
      '127.0.0.1:4317',
      '127.0.0.1:4319',
    ])
    expect(exporters).toEqual([])
    expect(sendingQueue).toEqual({
      enabled: true,
      directory: './spanmeter-data/queue',
      deadLetters: 'spanmeter-data/queue/dead-letters',
      maxSize: 2 * 2 ** 30,
      fsync: 'interval',
    })
  })

  test('the OTEL_EXPORTER_OTLP_* variables say where to', () => {
    const { exporters } = loadConfig(undefined, {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example:4317',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b,other=x=y',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_TIMEOUT: '2500',
      OTEL_EXPORTER_OTLP_CERTIFICATE: '/ca.pem',
    })
    expect(exporters).toMatchObject([
      {
        name: 'otlp',
        endpoint: 'https://otlp.example:4317',
        protocol: 'grpc',
        headers: { 'api-key': 'a b', other: 'x=y' },
        compression: 'gzip',
        timeout: 2_500,
        tls: { caFile: '/ca.pem' },
      },
    ])
  })

  test.each([
    ['ENDPOINT', 'tempo:4318'],
    ['PROTOCOL', 'http'],
    ['TIMEOUT', 'soon'],
    ['TIMEOUT', '0'],
    ['METRICS_ENDPOINT', 'prometheus:9090'],
    ['HEADERS', 'novalue'],
  ])('a wrong OTEL_EXPORTER_OTLP_%s is an error that names it', (name, value) => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4318',
      [`OTEL_EXPORTER_OTLP_${name}`]: value,
    }
    expect(() => loadConfig(undefined, environment)).toThrow(
      new RegExp(`OTEL_EXPORTER_OTLP_${name}.*is not valid`),
    )
  })
})

test('a path that would be added twice is told of in the words of the environment', () => {
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4318/v1/logs' }
  expect(() => loadConfig(undefined, environment)).toThrow(
    /^OTEL_EXPORTER_OTLP_ENDPOINT ends in \/v1\/logs.*as OTEL_EXPORTER_OTLP_LOGS_ENDPOINT$/,
  )
})

test('what the environment says of traces alone is what the exporter keeps to', () => {
  const { exporters } = loadConfig(undefined, {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://otlp.example/v1/traces',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'api-key=a',
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=b',
    OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
  })
  expect(exporters).toMatchObject([
    { endpoint: 'https://otlp.example', headers: { 'api-key': 'a' }, compression: 'gzip' },
  ])
})

describe('what is wrong is said with line, column and a suggestion', () => {
  test.each([
    ['sending_queue:\n  max_sise: 2GiB', ['2:3 unknown key "max_sise"; did you mean "max_size"?']],
    ['legder: {}', ['1:1 unknown key "legder"; did you mean "ledger"?']],
    [
      'sending_queue: { fsync: allways }',
      ['1:25 "allways" is not one of always, interval, never; did you mean "always"?'],
    ],
    ['exporters:\n  - { name: tempo }', ['2:5 "endpoint" is missing']],
    [
      'sending_queue: { max_size: 2 gigs }',
      ['1:28 "max_size": "2 gigs" is not valid: Bytes: 20MiB, 2GB or a number.'],
    ],
    [
      'receivers: { otlp: { protocols: { http: { endpoint: 4318 } } } }',
      ['1:53 "endpoint": 4318 must be a text'],
    ],
    [
      'exporters:\n  - { name: a, endpoint: http://a }\n  - { name: a, endpoint: http://b }',
      ['3:13 another exporter is named "a" too'],
    ],
    [
      'exporters:\n  - &a { name: a, endpoint: http://a }\n  - { <<: *a, endpoint: http://b }',
      ['3:5 another exporter is named "a" too'],
    ],
    ['web: { tls: { cert_file: a } }', ['1:13 "key_file" is missing']],
    ['web: { endpoint: 127.0.0.1:65536 }', [expect.stringContaining('port 0 takes any free one')]],
    [
      'exporters:\n  - { name: a, endpoint: "http://a b:4318" }',
      ['2:26 "endpoint": "http://a b:4318" is not valid: http://host:port or https://host:port.'],
    ],
    [
      'exporters:\n  - { name: a, endpoint: http://a, headers: { x y: b } }',
      ['2:47 "x y" is not valid: A header\'s name has letters, digits and - only.'],
    ],
    [
      'exporters:\n  - { name: a, endpoint: http://a, headers: { key: "secret\\n" } }',
      ['2:52 "key": its value is not valid: A header\'s value is one line without control characters.'],
    ],
    ['a: [', [expect.stringMatching(/^1:5 /)]],
    ['[1]', ['1:1 the file must be a map, from keys such as "exporters" to their settings']],
    ['web: {}\n---\nweb: {}', ['2:1 a second YAML document begins here; a file may have only one']],
    [
      'exporters:\n  tempo: { endpoint: http://a, headers: { key: secret } }',
      ['2:3 "exporters" is a map; it must be a list'],
    ],
    ['attribution:\n  rules:\n', ['2:9 "rules" is empty; it must be a list, or be left out']],
    ['limits: { memory: 1MiB }', ['1:19 "memory": "1MiB" is too small; at least 4MiB']],
    ['limits: { memory: 0 }', ['1:19 "memory": 0 is too small; at least 4MiB']],
    ['sending_queue: { max_size: 0 }', ['1:28 "max_size": 0 is too small; at least 64KiB']],
    [
      'exporters:\n  - { name: a, endpoint: http://a, timeout: 0s }',
      ['2:45 "timeout": "0s" is too short; at least 1ms'],
    ],
    [
      'exporters:\n  - { name: a, endpoint: http://a:4318/v1/traces }',
      [
        '2:26 "endpoint" ends in /v1/traces, which is appended anyway: leave that out, or set the whole URL as "traces_endpoint"',
      ],
    ],
    [
      'exporters:\n  - { name: a, endpoint: http://a, protocol: grpc, compression: zstd }',
      ['2:65 "zstd" is not for grpc; use gzip or none'],
    ],
    ['budgets:\n  - { name: a, limit: 1, period: day, currency: EUR }', ['2:5 "usd_per_unit" is missing']],
    ['budgets:\n  - { name: a, limit: 1, period: {} }', ['2:34 {} is not one of month, day']],
    [
      'ledger: false\nbudgets: [{ name: a, limit: 1, period: day }]',
      ['2:10 "budgets" need the ledger, which "ledger: false" switches off'],
    ],
    [
      'ledger: false\nalerts: { webhook: { url: http://a, format: slack } }',
      ['2:9 "alerts" need the ledger, which "ledger: false" switches off'],
    ],
    ['workers: 0', ['1:10 "workers": 0 must be >= 1']],
    [
      'exporters:\n  - { name: a, endpoint: http://a, concurrency: 1000 }',
      ['2:49 "concurrency": 1000 must be <= 256'],
    ],
    ['budgets:\n  - { name: a, limit: 0, period: day }', ['2:23 "limit": 0 must be > 0']],
    ['ledger: true', [expect.stringContaining('path and retention')]],
    [
      'attribution: { contract: { required: [cost center] } }',
      [
        expect.stringContaining(
          '"0": "cost center" is not valid: A business key without the business. prefix',
        ),
      ],
    ],
    ['web: { auth: {} }', [expect.stringContaining('"auth" is empty; known here: bearer_token_file, basic')]],
    ['content: { hash_key: "" }', ['1:22 "hash_key" is empty']],
    ['pricing: { currency: EUR }', ['1:22 "currency" must be "USD"']],
    ['receivers: { otlp: { protocols: { http: 1 } } }', [expect.stringContaining('stands for all defaults')]],
    ['exporters:\n  - { name: ledger, endpoint: http://a }', [expect.stringContaining('"ledger" is taken')]],
    [
      'budgets:\n  - { name: a, limit: 1, period: day }\n  - { name: a, limit: 9, period: month }',
      ['3:13 another budget is named "a" too'],
    ],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected)
  })

  test('nesting without end is said to be that', () => {
    expect(problemsOf(`${'? '.repeat(20_000)}a\n: b`)).toEqual([' is nested too deeply'])
  })

  test('every problem of a file is listed, in order', () => {
    expect(problemsOf('ledgr: {}\nweb: { endpont: x }\nlimits: { max_connections: 0 }')).toHaveLength(3)
  })
})

describe('references to the environment', () => {
  test('are expanded anywhere in a value, with a default after :-; $$ is a dollar', () => {
    const text = `
exporters:
  - name: tempo
    endpoint: http://\${env:HOST}:\${env:PORT:-4318}
    headers: { authorization: "Bearer \${TOKEN}", price: $$5 }
    concurrency: \${env:CONCURRENCY}
`
    const environment = { HOST: 'tempo', TOKEN: 't: 1', CONCURRENCY: '3' }
    expect(parseConfig(text, 'f.yaml', environment).exporters[0]).toMatchObject({
      endpoint: 'http://tempo:4318',
      headers: { authorization: 'Bearer t: 1', price: '$5' },
      concurrency: 3,
    })
  })

  test.each([
    ['all digits', '12345678'],
    ['what YAML reads as another number', '1e10'],
    ['true', 'true'],
    ['what YAML takes for a comment', 'abc #def'],
    ['what YAML takes for a map', 'abc: def'],
    ['what YAML takes for an alias', '*abc'],
    ['dollar signs', `pa$$word \${env:OTHER}`],
  ])('are the text they stand for where a text belongs, also %s', (_what, key) => {
    const text = `exporters:\n- name: a\n  endpoint: http://a\n  headers:\n    api-key: \${env:KEY}\n`
    const [exporter] = parseConfig(text, 'f.yaml', { KEY: key }).exporters
    expect(exporter?.headers).toEqual({ 'api-key': key })
  })

  test('behind $$ are none', () => {
    const text = `attribution: { defaults: { plan: "$\${env:PLAN}" } }`
    expect(parseConfig(text, 'f.yaml', { PLAN: 'pro' }).attribution.defaults).toEqual({
      plan: `\${env:PLAN}`,
    })
  })

  test('that are not set are errors where they stand, and what follows from them is none', () => {
    const text = `exporters:\n  - { name: a, endpoint: "\${env:NOPE}" }`
    expect(problemsOf(text)).toEqual(['2:26 environment variable NOPE is not set'])
  })
})

test('the configuration of the design is valid', () => {
  const text = `
receivers:
  otlp:
    protocols:
      http: { endpoint: 127.0.0.1:4318, max_request_body_size: 20MiB, tls: { cert_file: c, key_file: k }, auth: { bearer_token_file: t } }
      grpc: { endpoint: 127.0.0.1:4317 }
exporters:
  - { name: tempo, endpoint: http://tempo:4318, protocol: http/protobuf, headers: { a: b }, compression: gzip, retry_on_failure: { max_interval: 30s } }
sending_queue: { directory: ./spanmeter-data/queue, max_size: 2GiB, fsync: interval }
pricing: { overrides: ./prices.yaml, currency: USD }
attribution:
  keys: [feature, tenant, team, workflow, customer_tier]
  rules:
    - { when: { http.route: /v1/faq/* }, set: { feature: faq-bot } }
  lookups:
    - { file: ./tenants.csv, on: tenant }
content: { drop: [gen_ai.input.messages, gen_ai.output.messages] }
metrics: { tenant_top_k: 50 }
ledger: { path: ./spanmeter-data/ledger.duckdb, retention: 400d }
web: { endpoint: 127.0.0.1:4319 }
`
  expect(problemsOf(text)).toEqual([])
})

test('a mapping takes over what it does not say itself from an anchor, by <<', () => {
  const text = `
exporters:
  - &base { name: a, endpoint: http://a, timeout: 3s, headers: { x: y } }
  - { <<: *base, name: b, endpoint: http://b }
`
  expect(parseConfig(text, 'f.yaml', {}).exporters[1]).toMatchObject({
    name: 'b',
    endpoint: 'http://b',
    timeout: 3_000,
    headers: { x: 'y' },
  })
})

test('a version of TLS may be written as a number', () => {
  const config = parseConfig('web: { tls: { cert_file: c, key_file: k, min_version: 1.3 } }', 'f', {})
  expect(config.web?.tls?.minVersion).toBe('TLSv1.3')
})

test('a section of which only comments are left is as if it were left out', () => {
  expect(parseConfig('exporters:\n  # - name: a\nweb:\n', 'f.yaml', {})).toEqual(
    parseConfig('', 'f.yaml', {}),
  )
})

test('a file with nothing in it is a mistake: one that is just being written looks like that', () => {
  const path = join(temporaryDirectory(), 'spanmeter.yaml')
  writeFileSync(path, '\n')
  expect(() => loadConfig(path, {})).toThrow(/it is empty/)
})

test('an interval longer than timers can wait is the longest that they can', () => {
  expect(parseConfig('metrics: { export_interval: 60d }', 'f.yaml', {}).metrics.exportInterval).toBe(
    2 ** 31 - 1,
  )
})

test('files that a configuration names are found from its own directory', () => {
  const directory = temporaryDirectory()
  const path = join(directory, 'spanmeter.yaml')
  writeFileSync(path, 'web: { auth: { bearer_token_file: secrets/token } }')
  expect(loadConfig(path, {}).web?.auth?.bearerTokenFile).toBe(join(directory, 'secrets/token'))
})

test.each([
  ['its control group has one', 268_435_456, 268_435_456],
  ['it has none', 0, 2 ** 34],
  ['it has one that stands for none', 2 ** 64, 2 ** 34],
])('the memory limit, where %s', (_where, constrained, expected) => {
  expect(memoryLimit(constrained, 2 ** 34)).toBe(expected)
})

describe('the schema', () => {
  interface Node {
    readonly [keyword: string]: unknown
    readonly $ref?: string
    readonly default?: unknown
    readonly anyOf?: readonly Node[]
    readonly properties?: Readonly<Record<string, Node>>
    readonly items?: Node
  }
  type Section = Record<string, unknown>

  /** Writes out every default that the schema states for the sections that are there. */
  function writeDefaults({ $ref, anyOf = [], properties = {}, items }: Node, section: Section): void {
    const definitions: Readonly<Record<string, Node>> = schema.$defs
    const referred = definitions[$ref?.split('/').at(-1) ?? '']
    for (const node of referred === undefined ? anyOf : [referred]) writeDefaults(node, section)
    for (const item of items === undefined ? [] : Object.values(section))
      writeDefaults(items!, item as Section)
    for (const [name, node] of Object.entries(properties)) {
      if (node.default !== undefined) section[name] ??= node.default
      if (typeof section[name] === 'object') writeDefaults(node, section[name] as Section)
    }
  }

  test('states the defaults that there are', () => {
    const tls = { cert_file: 'c', key_file: 'k' }
    const receiver = { tls, auth: { bearer_token_file: 't' } }
    const sections = {
      receivers: { otlp: { protocols: { http: receiver, grpc: receiver } } },
      exporters: [{ name: 'a', endpoint: 'http://a', tls: {}, retry_on_failure: {} }],
      sending_queue: {},
      pricing: {},
      enrichment: {},
      metrics: {},
      ledger: {},
      web: receiver,
      limits: {},
    }
    const written = JSON.parse(JSON.stringify(sections)) as typeof sections
    writeDefaults(schema, written)
    expect(written.exporters[0]).toMatchObject({ timeout: '10s', retry_on_failure: { max_interval: '30s' } })
    expect(parseConfig(JSON.stringify(written), 'f', {})).toEqual(
      parseConfig(JSON.stringify(sections), 'f', {}),
    )
  })
})
