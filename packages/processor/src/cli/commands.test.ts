import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { freePorts } from '../../../../test/support/free-ports.ts'
import { startLife } from '../../../../test/support/processor-process.ts'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { runSpanmeter } from '../../test/spend/run-spanmeter.ts'

let directory: string
beforeEach(() => {
  directory = temporaryDirectory()
})

const spanmeter = (...args: string[]) => runSpanmeter(args, directory)

function file(name: string, text: string): string {
  const path = join(directory, name)
  writeFileSync(path, text)
  return path
}

describe('spanmeter check', () => {
  test('says what is in effect when nothing is wrong', async () => {
    const config = file('s.yaml', 'exporters: [{ name: tempo, endpoint: "http://ann:secret@tempo:4318" }]')
    const { code, stdout } = await spanmeter('check', '--config', config)
    expect(code).toBe(0)
    expect(stdout).toContain(`${config}: ok`)
    expect(stdout).toContain('tempo http/protobuf http://[masked]@tempo:4318')
  })

  test('ends with 2 and every problem with its line', async () => {
    const config = file('s.yaml', 'web: {}\nlegder: {}\n')
    const { code, stderr } = await spanmeter('check', '--config', config)
    expect([code, stderr]).toEqual([
      2,
      `spanmeter: ${config}:2:1: unknown key "legder"; did you mean "ledger"?\n`,
    ])
  })

  test.each([
    ['a look-up file', 'attribution: { lookups: [{ file: missing.csv, on: tenant }] }'],
    ['a certificate', 'web: { tls: { cert_file: missing.csv, key_file: missing.csv } }'],
    ['a secret', 'web: { auth: { bearer_token_file: missing.csv } }'],
    ['prices', 'pricing: { overrides: missing.csv }'],
  ])('names %s that is not there, on one line', async (_what, text) => {
    const { code, stderr } = await spanmeter('check', '--config', file('s.yaml', text))
    expect([code, stderr.split('\n').length]).toEqual([1, 2])
    expect(stderr).toContain(join(directory, 'missing.csv'))
  })

  test('names a file of secrets that has none, on one line', async () => {
    const empty = file('tokens', '\n')
    const config = file('s.yaml', 'web: { auth: { bearer_token_file: tokens } }')
    const { code, stderr } = await spanmeter('check', '--config', config)
    expect([code, stderr]).toEqual([1, `spanmeter: ${empty} contains no secret; write one in each line\n`])
  })

  test('finds an exporter that leads back to a receiver', async () => {
    const config = file('s.yaml', 'exporters: [{ name: a, endpoint: "http://localhost:4318" }]')
    const { code, stderr } = await spanmeter('check', '--config', config)
    expect(code).toBe(2)
    expect(stderr).toContain('exporter "a" points at this processor\'s own receiver (localhost:4318)')
  })

  test('finds two sections that listen on one port', async () => {
    const config = file('s.yaml', 'web: { endpoint: ":4318" }')
    const { code, stderr } = await spanmeter('check', '--config', config)
    expect(code).toBe(2)
    expect(stderr).toContain('receivers.otlp.protocols.http and web both listen on 127.0.0.1:4318')
  })

  test('--print shows no secret', async () => {
    const config = file(
      's.yaml',
      `exporters: [{ name: a, endpoint: "http://ann:hush@a/p?sig=hush&api_key=hush", headers: { authorization: "Bearer hush" } }]
content: { hash: [user.id], hash_key: hush }
web: { trace_url: "http://grafana/trace/{trace_id}" }
alerts: { webhook: { url: "https://hooks.example/services/hush", format: slack, headers: { x-api-key: hush } } }
`,
    )
    const { code, stdout } = await spanmeter('check', '--config', config, '--print')
    expect(code).toBe(0)
    expect(stdout).toContain('authorization: "[masked]"')
    expect(stdout).not.toContain('hush')
    for (const shown of [
      '@a/p?sig=',
      'https://hooks.example/',
      'http://grafana/trace/{trace_id}',
      'user.id',
    ]) {
      expect(stdout).toContain(shown)
    }
  })

  test('--spans is a gate: 1 where a call breaks the tag contract, 0 where none does', async () => {
    const attribute = (key: string, value: object) => ({ key, value })
    const attributes = [
      attribute('gen_ai.operation.name', { stringValue: 'chat' }),
      attribute('gen_ai.provider.name', { stringValue: 'openai' }),
      attribute('gen_ai.request.model', { stringValue: 'gpt-4o-mini' }),
      attribute('gen_ai.usage.input_tokens', { intValue: '10' }),
      attribute('gen_ai.usage.output_tokens', { intValue: '10' }),
    ]
    const span = {
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: '00f067aa0ba902b7',
      name: 'chat',
      attributes,
    }
    const spans = file('spans.json', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
    const strict = file('strict.yaml', 'attribution: { contract: { required: [feature] } }')
    const lax = file('lax.yaml', '{}')

    const failed = await spanmeter('check', '--config', strict, '--spans', spans)
    expect(failed).toMatchObject({
      code: 1,
      stdout:
        '1 spans, 1 GenAI calls, 1 priced, 1 break the tag contract\n' +
        '4bf92f3577b34da6a3ce929d0e0e4736 00f067aa0ba902b7 chat: feature missing\n',
    })
    expect((await spanmeter('check', '--config', lax, '--spans', spans)).code).toBe(0)
  })

  test('--spans sees no more than the service: what the content policy drops tags no call', async () => {
    const attributes = Object.entries({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.usage.input_tokens': '10',
      'user.plan': 'gold',
    }).map(([key, value]) => ({
      key,
      value: key.endsWith('tokens') ? { intValue: value } : { stringValue: value },
    }))
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'chat', attributes }] }] }] }
    const spans = file('spans.json', JSON.stringify(request))
    const attribution =
      'attribution: { rules: [{ when: { user.plan: gold }, set: { team: vip } }], contract: { required: [team] } }'
    const open = file('open.yaml', attribution)
    const dropping = file('dropping.yaml', `${attribution}\ncontent: { drop: [user.plan] }`)
    expect((await spanmeter('check', '--config', open, '--spans', spans)).code).toBe(0)
    expect(await spanmeter('check', '--config', dropping, '--spans', spans)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('chat: team missing'),
    })
  })

  test('--spans is a gate for calls without a price, also where they have no ids', async () => {
    const attributes = Object.entries({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'acme',
      'gen_ai.request.model': 'acme-1',
    }).map(([key, stringValue]) => ({ key, value: { stringValue } }))
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'chat', attributes }] }] }] }
    const spans = file('without-ids.json', JSON.stringify(request))
    expect(await spanmeter('check', '--config', file('any.yaml', '{}'), '--spans', spans)).toMatchObject({
      code: 1,
      stdout:
        '1 spans, 1 GenAI calls, 0 priced, 0 break the tag contract\n' +
        '  chat: unpriced, unknown_provider (acme/acme-1)\n',
    })
  })
})

test('spanmeter stops in time with a backend that is down, with exit code 0, and delivers after its next start', async () => {
  const [port] = await freePorts(1)
  const endpoint = '127.0.0.1:0'
  const config = file(
    's.yaml',
    JSON.stringify({
      receivers: { otlp: { protocols: { http: { endpoint } } } },
      exporters: [{ name: 'down', endpoint: `http://127.0.0.1:${port}` }],
      sending_queue: { directory: join(directory, 'queue') },
      metrics: { export_interval: 0 },
      ledger: false,
      web: { endpoint },
      shutdown_timeout: '300ms',
    }),
  )
  const life = await startLife(config)
  const body = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"kept"}]}]}]}'
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${life.http}/v1/traces`, { method: 'POST', headers, body })).status).toBe(200)
  expect(await life.stop()).toBe(0)

  const requests: string[] = []
  const backend = createServer((request, response) => {
    requests.push(request.url ?? '')
    request.resume()
    response.end()
  })
  await new Promise<void>((resolve) => backend.listen(port, '127.0.0.1', resolve))
  const next = await startLife(config)
  await expect.poll(() => requests).toEqual(['/v1/traces'])
  expect(await next.stop()).toBe(0)
  backend.close()
})

test.each([
  [['reprot'], "error: unknown command 'reprot'\n(Did you mean report?)\n"],
  [['serve', '--confg', 'a'], "error: unknown option '--confg'\n(Did you mean --config?)\n"],
  [['serve', 'extra'], "error: unknown command 'extra'\n"],
  [
    ['prices', 'show', 'openai/gpt-4o', '--at', '2026-02-31'],
    "error: option '--at <date>' argument '2026-02-31' is invalid. '2026-02-31' is not a time: give 24h or 7d (ago), 2026-10-01, or 2026-10-01T08:00:00Z\n",
  ],
  [['prices', 'diff', '2026-09-01', '2026-07-01'], 'spanmeter: The later day comes second.\n'],
  [
    ['prices', 'explain', 'openai/gpt-4o', '--usage', '{"input_tokens":1}'],
    'spanmeter: --usage: unknown "input_tokens"; did you mean "inputTokens"?\n',
  ],
  [['prices', 'explain', 'openai/gpt-4o', '--usage', '[1]'], 'spanmeter: --usage is not a JSON object\n'],
])('%j ends with 2 and says what is meant', async (command, stderr) => {
  expect(await spanmeter(...command)).toEqual({ code: 2, stdout: '', stderr })
})

test('a log level that there is not ends with 2 and those there are', async () => {
  vi.stubEnv('SPANMETER_LOG_LEVEL', 'verbose')
  expect(await spanmeter()).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'spanmeter: SPANMETER_LOG_LEVEL is "verbose"; it must be one of trace, debug, info, warn, error, fatal, silent\n',
  })
  vi.unstubAllEnvs()
})

test('--help names every command and the exit codes', async () => {
  const { code, stdout } = await spanmeter('--help')
  expect(code).toBe(0)
  for (const word of ['serve', 'report', 'check', 'prices', 'replay', 'export', 'sql', 'Exit codes']) {
    expect(stdout).toContain(word)
  }
  expect(stdout).not.toContain('unknown')
})
